// Rows come in blocks as they come into view, and go again when they are far away.

import { $, address, facts } from "./facts.js";

const looks = new CSSStyleSheet();
const known = new Set();
let watcher = null;
let onLoaded = () => {};

export function addLooks(text) {
  const fresh = text.split("\n").filter((line) => line && !known.has(line));
  fresh.forEach((line) => known.add(line));
  if (!fresh.length) return;
  looks.replaceSync([...known].join("\n"));
  if (!document.adoptedStyleSheets.includes(looks)) document.adoptedStyleSheets.push(looks);
}

const bodies = () => [...document.querySelectorAll("tbody[data-block]")];
const loaded = (body) => !body.querySelector(".space");
const numberOf = (body) => Number(body.dataset.block);

export function watch(then) {
  onLoaded = then;
  watcher?.disconnect();
  near.clear();
  watcher = new IntersectionObserver(seen, { root: $("grid"), rootMargin: "500px" });
  bodies().forEach((body) => watcher.observe(body));
}

// Rows that only fly by are not fetched: what is near once a moment brings less than a screen is.
const near = new Set();
let waiting = 0;
let lastTop = 0;
const MOMENT = 90; // milliseconds
const FAR = 600; // pixels; what is kept is laid out again whenever rows come

function seen(entries) {
  for (const { target, isIntersecting } of entries) near[isIntersecting ? "add" : "delete"](target);
  waiting ||= setTimeout(settle, MOMENT);
}

async function settle() {
  waiting = 0;
  const grid = $("grid");
  const flown = Math.abs(grid.scrollTop - lastTop);
  lastTop = grid.scrollTop;
  if (flown > grid.clientHeight) {
    waiting = setTimeout(settle, MOMENT);
    return;
  }
  const wanted = [...near].filter((body) => body.isConnected && !loaded(body)).map(numberOf);
  if (wanted.length) await load(wanted);
  requestIdleCallback(drop);
}

// All is measured before anything is changed, or the browser would lay the page out again for each.
function drop() {
  const grid = $("grid").getBoundingClientRect();
  const far = bodies()
    .filter((body) => loaded(body) && !near.has(body) && numberOf(body) !== 0 && !body.querySelector(".active, :focus"))
    .map((body) => ({ body, box: body.getBoundingClientRect() }))
    .filter(({ box }) => box.bottom < grid.top - FAR || box.top > grid.bottom + FAR);
  far.forEach(({ body, box }) => empty(body, box.height));
}

function empty(body, height) {
  const row = document.createElement("tr");
  row.className = "space";
  row.style.height = `${height}px`;
  row.innerHTML = `<td colspan="${facts.columns.length + 1}"></td>`;
  body.replaceChildren(row);
}

export async function load(numbers) {
  const answer = await fetch(address("part", { blocks: numbers.join(",") }));
  if (!answer.ok) return null;
  const part = await answer.json();
  if (part.frame !== facts.frame) return part;
  addLooks(part.looks);
  for (const [number, html] of Object.entries(part.blocks)) fill(number, html);
  onLoaded();
  return part;
}

// Only cells that differ are replaced, so that what one looks at stays; those that are new say so.
function fill(number, html) {
  const body = document.querySelector(`tbody[data-block="${number}"]`);
  const holder = document.createElement("table");
  holder.innerHTML = `<tbody>${html}</tbody>`;
  const fresh = holder.tBodies[0];
  if (!loaded(body)) {
    body.replaceChildren(...fresh.rows);
    return;
  }
  [...fresh.rows].forEach((row, place) => {
    const old = body.rows[place];
    if (!old || old.cells.length !== row.cells.length) (old ? old.replaceWith(row) : body.append(row));
    else [...row.cells].forEach((cell, at) => renew(old.cells[at], cell));
  });
}

function renew(old, cell) {
  const state = ["active", "fresh", "near"].filter((name) => old.classList.contains(name));
  const bare = [...old.classList].filter((name) => !state.includes(name)).join(" ");
  const same = ["data-in", "data-note", "data-guard", "aria-description"].every(
    (name) => old.getAttribute(name) === cell.getAttribute(name),
  );
  if (same && old.innerHTML === cell.innerHTML && bare === cell.className) return;
  const changed = old.textContent !== cell.textContent && !old.classList.contains("unsaved");
  for (const name of ["data-in", "data-note", "data-guard", "aria-description", "aria-readonly"]) {
    if (cell.hasAttribute(name)) old.setAttribute(name, cell.getAttribute(name));
    else old.removeAttribute(name);
  }
  old.className = cell.className;
  old.classList.add(...state.filter((name) => name !== "fresh"));
  old.replaceChildren(...cell.childNodes);
  if (changed && old.tagName === "TD") {
    old.classList.add("fresh");
    old.addEventListener("animationend", () => old.classList.remove("fresh"), { once: true });
  }
}

export const loadedNumbers = () => bodies().filter(loaded).map(numberOf);

// The cell at a row and column; a merged one for all that it covers.
export function cellAt(row, column) {
  const merge = facts.merges.find(
    ([top, left, bottom, right]) => row >= top && row < bottom && column >= left && column < right,
  );
  if (!merge) return $(`r${row}c${column}`);
  const first = facts.columns.find((index) => index >= merge[1]) ?? merge[1];
  return $(`r${merge[0]}c${first}`);
}

// Makes sure that the rows of a range are on the page.
export async function ensure(top, bottom) {
  const missing = facts.blocks
    .map(([first, end], number) => ({ first, end, number }))
    .filter(({ first, end }) => first <= bottom && end > top)
    .filter(({ number }) => !loaded(document.querySelector(`tbody[data-block="${number}"]`)));
  if (missing.length) await load(missing.map(({ number }) => number));
}

// What one would type to get each cell of a range.
export async function entered(range) {
  await ensure(range.top, range.bottom);
  return each(range, (cell) => cell?.dataset.in ?? cell?.textContent ?? "");
}

// Puts texts into the cells of a range that are on the page, until the server says what it makes of them.
export function write(range, rows) {
  rows.forEach((texts, down) =>
    texts.forEach((text, right) => {
      const cell = $(`r${range.top + down}c${range.left + right}`);
      if (!cell) return;
      cell.textContent = cell.dataset.in = text;
      cell.classList.add("unsaved");
    }),
  );
}

export const shown = (range) => each(range, (cell) => cell?.textContent ?? "");

function each(range, take) {
  const rows = [];
  for (let row = range.top; row <= range.bottom; row++) {
    const cells = [];
    for (let column = range.left; column <= range.right; column++) cells.push(take($(`r${row}c${column}`)));
    rows.push(cells);
  }
  return rows;
}
