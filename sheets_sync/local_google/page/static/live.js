// What others write comes in by itself: the page asks for news and the server answers when there are any.

import { $, address, facts, tell, word } from "./facts.js";
import { load, loadedNumbers } from "./blocks.js";
import { held } from "./cards.js";

let version = "";
let hooks = {};
let asking = new AbortController(); // a browser opens few connections to a server: one that waits in vain is ended

export function start(given) {
  hooks = given;
  version = facts.version;
  listen();
}

// A page that nobody sees asks for nothing, and for everything once it is seen.
document.addEventListener("visibilitychange", () => (document.hidden ? asking.abort() : listen()));

async function listen() {
  asking.abort();
  const { signal } = (asking = new AbortController());
  let lost = false;
  while (!signal.aborted && !document.hidden) {
    try {
      const answer = await fetch(address("changes", { since: version }), { signal });
      if (!answer.ok) throw new Error(answer.status);
      const news = await answer.json();
      if (lost) tell("");
      lost = false;
      if (news.version !== version && !signal.aborted) await refresh();
    } catch {
      if (signal.aborted) return;
      lost = true;
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
  if (part.frame !== facts.frame) {
    await replace();
    return;
  }
  version = part.version;
  document.querySelectorAll(".tabs a").forEach((tab) => {
    const open = part.open[tab.dataset.gid];
    if (open) tab.dataset.open = open;
    else delete tab.dataset.open;
  });
  hooks.renewed(part.threads);
}

// The whole page anew, for another layout or another tab; where one was stays as far as it is still there. While
// somebody types nothing is laid out anew under their hands: what was fetched then is old afterwards, and left.
export function replace(gid) {
  swapping = swapping.then(() => swap(gid ?? facts.gid));
  const swapped = swapping;
  swapping = swapping.catch(() => {});
  return swapped;
}

let swapping = Promise.resolve(); // one after the other, or the slower would undo what the faster did

async function swap(gid) {
  const target = new URL(location.href);
  target.searchParams.set("gid", gid);
  let text = "";
  do {
    await hooks.quiet();
    text = await (await fetch(target)).text();
  } while (hooks.typing());
  let looks = ""; // taken out before: a style sheet of another page would be an offence against this one's policy
  const bare = text.replace(/<style[^>]*>([^<]*)<\/style>/, (_, css) => ((looks = css), ""));
  const fresh = new DOMParser().parseFromString(bare, "text/html");
  const book = fresh.getElementById("book");
  if (!book) return location.assign(target);
  const { scrollTop: top, scrollLeft: left } = $("grid");
  const kept = { top, left, gid: facts.gid, talk: !$("threads").hidden, held: held() };
  hooks.replacing();
  $("book").replaceWith(book);
  document.title = fresh.title;
  await hooks.replaced(looks, kept);
}
