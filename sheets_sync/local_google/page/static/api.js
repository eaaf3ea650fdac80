// Google's own API, called with a token of the person one plays.

import { a1, address, facts, onSheet, tell, word } from "./facts.js";

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
    if (!answer.ok) throw Object.assign(new Error(said.error?.message ?? `HTTP ${answer.status}`), { status: answer.status });
    return said;
  }
}

const LATER = 1500; // milliseconds until what could not be saved is tried again

// Types rows of texts into a range, as the keyboard would, for as long as it takes. Gives whether they are saved.
export async function type({ sheet, range, rows }) {
  for (;;) {
    tell(word("saving"));
    try {
      await grow(sheet, range);
      const name = encodeURIComponent(onSheet(sheet.title, range));
      await call("PUT", `/values/${name}?valueInputOption=USER_ENTERED`, { values: rows });
      tell(word("saved"));
      return true;
    } catch (problem) {
      if (!passes(problem)) {
        tell(word("gone", { cell: a1(range), text: gist(rows), problem: problem.message }), true);
        return false;
      }
      tell(word("unsaved", { problem: problem.message }), true);
      await new Promise((go) => setTimeout(go, LATER));
    }
  }
}

// Whether the same may succeed in a moment: the network or the server is away, or too many ask.
const passes = (problem) => problem.status === undefined || problem.status >= 500 || problem.status === 429;

const gist = (rows) => rows.flat().filter(Boolean).join(" ").slice(0, 80);

// A paste that reaches below the last row makes room first, as Google does.
async function grow(sheet, range) {
  const missing = range.bottom + 1 - sheet.rows;
  if (missing <= 0) return;
  const request = { appendDimension: { sheetId: sheet.id, dimension: "ROWS", length: missing } };
  await call("POST", ":batchUpdate", { requests: [request] });
  sheet.rows = range.bottom + 1;
}
