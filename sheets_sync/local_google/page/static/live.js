// What others write comes in by itself: the page asks for news and the server answers when there are any.

import { $, address, facts, tell, word } from "./facts.js";
import { load, loadedNumbers } from "./blocks.js";

let version = "";
let hooks = { editing: () => false, renewed: () => {}, replaced: () => {} };
let round = 0;

export function start(given) {
  hooks = given;
  version = facts.version;
  const mine = ++round;
  listen(mine);
}

async function listen(mine) {
  let lost = false;
  while (mine === round) {
    try {
      const answer = await fetch(address("changes", { since: version }));
      if (!answer.ok) throw new Error(answer.status);
      const news = await answer.json();
      if (lost) tell("");
      lost = false;
      if (news.version !== version && mine === round) await refresh();
    } catch {
      lost = true;
      if (mine !== round) return;
      tell(word("offline"), true);
      await new Promise((go) => setTimeout(go, 1500));
    }
  }
}

let under = null;

// One refresh at a time; one that is asked for meanwhile follows it.
export function refresh() {
  under = (under ?? Promise.resolve()).then(renew, renew);
  return under;
}

async function renew() {
  const part = await load(loadedNumbers());
  if (!part) return;
  version = part.version;
  if (part.frame !== facts.frame) {
    if (hooks.editing()) setTimeout(refresh, 500);
    else await replace(location.href);
    return;
  }
  $("threads").innerHTML = part.threads;
  document.querySelectorAll(".tabs a").forEach((tab) => {
    const open = part.open[tab.dataset.gid];
    if (open) tab.dataset.open = open;
    else delete tab.dataset.open;
  });
  hooks.renewed();
}

// The whole page anew, for another layout or another tab; where one was stays as far as it is still there.
export async function replace(target) {
  const text = await (await fetch(target)).text();
  let looks = ""; // taken out before: a style sheet of another page would be an offence against this one's policy
  const bare = text.replace(/<style[^>]*>([^<]*)<\/style>/, (_, css) => ((looks = css), ""));
  const fresh = new DOMParser().parseFromString(bare, "text/html");
  const book = fresh.getElementById("book");
  if (!book) return location.assign(target);
  const kept = { top: $("grid").scrollTop, left: $("grid").scrollLeft, gid: facts.gid, talk: !$("threads").hidden };
  $("book").replaceWith(book);
  document.title = fresh.title;
  hooks.replaced(looks, kept);
}
