// Typing into a cell: an editor over it, protections asked about before, drop-downs beside it.

import { $, a1, address, facts, word } from "./facts.js";
import { cellAt, ensure } from "./blocks.js";
import { activeCell, go, here, range, step } from "./selection.js";
import { change } from "./changes.js";
import { inTurn } from "./turns.js";

let at = null;
let options = null; // what the drop-down offers, once it is known
let strict = false;
let offering = null; // that, on its way
let closing = []; // who waits until nobody types

export const editing = () => at !== null;

// Until no cell is being typed into: what moves or lays out anew by itself waits for it. Somebody who has left the
// window holds nothing up: what stands in the editor is saved by then.
export const typing = () => editing() && document.hasFocus();
export const quiet = () => (typing() ? new Promise((go) => closing.push(go)) : Promise.resolve());
const isQuiet = () => closing.splice(0).forEach((go) => go());

let asked = Promise.resolve(); // one question at a time

function ask(title, text, asks) {
  asked = asked.then(() => answered(title, text, asks));
  return asked;
}

function answered(title, text, asks) {
  const dialog = $("ask");
  const [no, yes] = dialog.querySelectorAll("button");
  dialog.querySelector("h2").textContent = title;
  dialog.querySelector("p").textContent = text;
  yes.hidden = !asks;
  dialog.showModal();
  return new Promise((answer) => {
    const end = (said) => {
      dialog.close();
      activeCell()?.focus({ preventScroll: true });
      answer(said);
    };
    no.onclick = dialog.oncancel = () => end(false);
    yes.onclick = () => end(true);
  });
}

// Whether one may type into the range; a person is told or asked before, not after.
export async function allowed({ top, left, bottom, right } = range()) {
  if (!facts.mayWrite) return false;
  const guards = new Set();
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) guards.add($(`r${row}c${column}`)?.dataset.guard);
  }
  if (guards.has("locked")) return ask(word("locked_title"), word("locked_text"), false);
  return guards.has("warned") ? ask(word("warned_title"), word("warned_text"), true) : true;
}

export async function edit(text) {
  const { row, column } = here;
  await ensure(row, row);
  if (editing() || !(await allowed(only(row, column)))) return;
  const cell = cellAt(row, column); // found only now: the page may have been laid out anew while one was asked
  if (!cell) return;
  if (cell.classList.contains("check")) return void toggle(cell, row, column);
  at = { row, column };
  const box = $("editor");
  place(box, cell);
  box.hidden = false;
  box.value = text ?? cell.dataset.in ?? cell.textContent;
  box.setAttribute("aria-label", `${word("cell")} ${a1(only(row, column))}`);
  box.focus({ preventScroll: true });
  box.setSelectionRange(box.value.length, box.value.length);
  if (cell.classList.contains("drop")) offer(cell, text === undefined);
}

function place(box, cell) {
  const grid = $("grid");
  const [frame, mine] = [grid.getBoundingClientRect(), cell.getBoundingClientRect()];
  box.style.left = `${mine.left - frame.left + grid.scrollLeft - 1}px`;
  box.style.top = `${mine.top - frame.top + grid.scrollTop - 1}px`;
  box.style.minWidth = `${mine.width + 2}px`;
  box.style.minHeight = `${mine.height + 2}px`;
  box.style.maxWidth = `${Math.max(grid.clientWidth - (mine.left - frame.left) - 8, mine.width)}px`;
}

function toggle(cell, row, column) {
  const on = cell.classList.contains("on");
  change(only(row, column), [[on ? "FALSE" : "TRUE"]]);
}

async function offer(cell, all) {
  strict = cell.classList.contains("strict");
  const asked = (offering = fetch(address("options", at)).then((answer) => answer.json()));
  const found = await asked.catch(() => []); // the server is away: saving, too, waits until it is back
  if (asked !== offering) return;
  options = found;
  list(all ? "" : $("editor").value);
}

function list(typed) {
  const choices = $("choices");
  const fitting = options.filter((option) => option.toLowerCase().includes(typed.toLowerCase()));
  choices.hidden = !fitting.length;
  choices.replaceChildren(
    ...fitting.map((option) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = option;
      button.onmousedown = (event) => event.preventDefault();
      button.onclick = () => commit(1, 0, option);
      item.append(button);
      return item;
    }),
  );
  const box = $("editor");
  choices.style.left = box.style.left;
  choices.style.top = `${box.offsetTop + box.offsetHeight + 2}px`;
}

export function cancel(focus = true) {
  at = offering = options = null;
  strict = false;
  $("editor").hidden = $("choices").hidden = true;
  if (focus) activeCell()?.focus({ preventScroll: true });
  isQuiet();
}

const typedAt = (cell) => cell && (cell.dataset.in ?? cell.textContent);

// Ends the typing at once, so that what is typed next is never taken for more of the same.
export function commit(down = 0, right = 0, text = $("editor").value, focus = true) {
  if (!editing()) return;
  const { row, column } = at;
  const before = typedAt(cellAt(row, column));
  const offered = strict && text && text !== before ? (options ?? offering) : [];
  cancel(focus);
  if (Array.isArray(offered) && offered.length && !offered.includes(text)) return void refuse(offered);
  const save = () => change(only(row, column), [[text]], [[before ?? ""]]);
  if (!Array.isArray(offered)) judge(offered, text, save, () => go(row, column));
  else if (text !== before) save();
  if (down || right) {
    const moving = go(...step(row, column, down, right));
    inTurn(() => moving);
  }
}

// The window is left in the middle of typing: that is saved, and goes on when one comes back.
function save() {
  const { value } = $("editor");
  const before = typedAt(cellAt(at.row, at.column));
  if (value !== before) change(only(at.row, at.column), [[value]], [[before ?? ""]]);
  isQuiet();
}

const only = (row, column) => ({ top: row, left: column, bottom: row, right: column });

const refuse = (offered) => ask(word("refused_title"), word("asked", { options: offered.join(", ") }), false);

// The list was still on its way when one went on: it is judged by when it is there and nobody types.
async function judge(coming, text, save, back) {
  const offered = await coming.catch(() => []);
  if (!offered.length || offered.includes(text)) return save();
  await quiet();
  await back();
  return refuse(offered);
}

// What a key does that was pressed before the editor was there, or in it.
export function press({ key, shiftKey, altKey }) {
  const box = $("editor");
  if (key === "Escape") cancel();
  else if (key === "Enter" && !altKey) commit(shiftKey ? -1 : 1, 0);
  else if (key === "Enter") box.setRangeText("\n", box.selectionStart, box.selectionEnd, "end");
  else if (key === "Tab") commit(0, shiftKey ? -1 : 1);
  else if (key === "ArrowDown" && !$("choices").hidden) $("choices").querySelector("button")?.focus();
  else return false;
  return true;
}

export function insert(key) {
  const box = $("editor");
  const from = key === "Backspace" ? Math.max(box.selectionStart - 1, 0) : box.selectionStart;
  box.setRangeText(key === "Backspace" ? "" : key, from, box.selectionEnd, "end");
  box.dispatchEvent(new Event("input"));
}

export function start() {
  const box = $("editor");
  box.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (!event.isComposing && press(event)) event.preventDefault();
  });
  box.addEventListener("input", () => options?.length && list(box.value));
  box.addEventListener("blur", (event) => {
    if (!editing() || $("choices").contains(event.relatedTarget)) return;
    if (document.activeElement === box && !strict) save();
    else commit(0, 0, box.value, event.relatedTarget === null);
  });
  $("choices").addEventListener("keydown", (event) => {
    const buttons = [...$("choices").querySelectorAll("button")];
    const place = buttons.indexOf(document.activeElement);
    event.stopPropagation();
    if (event.key === "ArrowDown") buttons[Math.min(place + 1, buttons.length - 1)].focus();
    else if (event.key === "ArrowUp") (buttons[place - 1] ?? box).focus();
    else if (event.key === "Escape") cancel();
    else return;
    event.preventDefault();
  });
}
