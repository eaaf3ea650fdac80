// Google's own API, called with a token of the person one plays.

import { address, facts, onSheet, tell, word } from "./facts.js";

let token = null;
let holder = "";

async function bearer(fresh) {
  if (fresh || holder !== facts.authuser) token = null;
  if (!token) {
    holder = facts.authuser;
    token = (await (await fetch(address("token"))).json()).access_token;
  }
  return token;
}

export async function call(method, path, body) {
  for (const fresh of [false, true]) {
    const answer = await fetch(`/v4/spreadsheets/${facts.id}${path}`, {
      method,
      headers: { Authorization: `Bearer ${await bearer(fresh)}`, "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    if (answer.status === 401 && !fresh) continue;
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(said.error?.message ?? `HTTP ${answer.status}`);
    return said;
  }
}

// Types rows of texts into a range, as the keyboard would. Gives whether they are saved.
export async function type(range, rows) {
  tell(word("saving"));
  try {
    await grow(range);
    await call("PUT", `/values/${encodeURIComponent(onSheet(range))}?valueInputOption=USER_ENTERED`, { values: rows });
    tell(word("saved"));
    return true;
  } catch (problem) {
    tell(word("gone", { problem: problem.message }), true);
    return false;
  }
}

// A paste that reaches below the last row makes room first, as Google does.
async function grow(range) {
  const missing = range.bottom + 1 - facts.rows;
  if (missing <= 0) return;
  const request = { appendDimension: { sheetId: facts.gid, dimension: "ROWS", length: missing } };
  await call("POST", ":batchUpdate", { requests: [request] });
}
