// What the page knows of the workbook, and small helpers that every part uses.

export const $ = (id) => document.getElementById(id);

export let facts = {};

export function readFacts() {
  facts = JSON.parse($("book").dataset.facts);
  return facts;
}

export const word = (name, values = {}) =>
  facts.words[name].replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");

// Where the parts of the page are served, with what says who looks at which tab.
export function address(what, values = {}) {
  const query = new URLSearchParams({ gid: facts.gid, authuser: facts.authuser, ...values });
  const here = new URLSearchParams(location.search);
  for (const name of ["hl", "fvid"]) if (here.get(name)) query.set(name, here.get(name));
  return `/spreadsheets/d/${facts.id}/${what}?${query}`;
}

export function columnName(index) {
  let name = "";
  for (let left = index + 1; left > 0; left = Math.floor((left - 1) / 26)) {
    name = String.fromCharCode(65 + ((left - 1) % 26)) + name;
  }
  return name;
}

export function columnIndex(name) {
  return [...name.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

// A range is {top, left, bottom, right}, rows and columns from 0, ends included.
export function a1(range) {
  const first = columnName(range.left) + (range.top + 1);
  const last = columnName(range.right) + (range.bottom + 1);
  return first === last ? first : `${first}:${last}`;
}

export function parseA1(text) {
  const found = /^\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?$/i.exec(text.trim());
  if (!found) return null;
  const [, left, top, right = left, bottom = top] = found;
  return { top: top - 1, left: columnIndex(left), bottom: bottom - 1, right: columnIndex(right) };
}

export const onSheet = (title, range) => `'${title.replaceAll("'", "''")}'!${a1(range)}`;

let fading = 0;

export function tell(text, wrong = false) {
  const state = $("state");
  state.textContent = text;
  state.classList.toggle("wrong", wrong);
  clearTimeout(fading);
  if (text && !wrong) fading = setTimeout(() => (state.textContent = ""), 4000);
}
