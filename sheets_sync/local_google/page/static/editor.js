// Typing into a cell: an editor over it, protections asked about before, drop-downs beside it.

import { $, a1, address, facts, word } from "./facts.js";
import { activeCell, go, here, range, step } from "./selection.js";
import { change } from "./changes.js";

let at = null;
let options = [];
let strict = false;
let offering = null; // the list of a drop-down on its way

export const editing = () => at !== null;

function ask(title, text, asks) {
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
    no.onclick = () => end(false);
    yes.onclick = () => end(true);
    dialog.oncancel = () => answer(false);
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
  const cell = activeCell();
  const where = { row: here.row, column: here.column };
  if (!cell || editing() || !(await allowed({ top: here.row, left: here.column, bottom: here.row, right: here.column }))) return;
  if (cell.classList.contains("check")) return toggle(cell);
  at = where;
  const box = $("editor");
  place(box, cell);
  box.hidden = false;
  box.value = text ?? cell.dataset.in ?? cell.textContent;
  box.setAttribute("aria-label", `${word("cell")} ${a1({ top: at.row, left: at.column, bottom: at.row, right: at.column })}`);
  box.focus({ preventScroll: true });
  box.setSelectionRange(box.value.length, box.value.length);
  if (cell.classList.contains("drop")) offering = offer(cell, text === undefined);
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

function toggle(cell) {
  const on = cell.classList.contains("on");
  return change({ ...range(), bottom: here.row, right: here.column, top: here.row, left: here.column }, [[on ? "FALSE" : "TRUE"]]);
}

async function offer(cell, all) {
  strict = cell.classList.contains("strict");
  options = await (await fetch(address("options", { row: at.row, column: at.column }))).json();
  if (editing()) list(all ? "" : $("editor").value);
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

export function cancel() {
  at = offering = null;
  options = [];
  $("editor").hidden = $("choices").hidden = true;
  activeCell()?.focus({ preventScroll: true });
}

export async function commit(down = 0, right = 0, text = $("editor").value) {
  await offering;
  if (!editing()) return;
  const { row, column } = at;
  const cell = activeCell();
  if (strict && options.length && text && !options.includes(text)) {
    const offered = options.join(", ");
    cancel();
    await ask(word("refused_title"), word("asked", { options: offered }), false);
    return;
  }
  strict = false;
  const before = cell?.dataset.in ?? cell?.textContent ?? "";
  cancel();
  const next = step(row, column, down, right);
  if (text !== before) {
    const saving = change({ top: row, left: column, bottom: row, right: column }, [[text]], [[before]]);
    if (cell) cell.textContent = text; // what the server makes of it comes in a moment
    await Promise.all([saving, down || right ? go(...next) : null]);
  } else if (down || right) await go(...next);
}

export function start() {
  const box = $("editor");
  box.addEventListener("keydown", (event) => {
    const { key, shiftKey, altKey } = event;
    event.stopPropagation();
    if (key === "Escape") cancel();
    else if (key === "Enter" && !altKey) commit(shiftKey ? -1 : 1, 0);
    else if (key === "Enter") box.setRangeText("\n", box.selectionStart, box.selectionEnd, "end");
    else if (key === "Tab") commit(0, shiftKey ? -1 : 1);
    else if (key === "ArrowDown" && !$("choices").hidden) $("choices").querySelector("button")?.focus();
    else return;
    event.preventDefault();
  });
  box.addEventListener("input", () => options.length && list(box.value));
  box.addEventListener("blur", (event) => {
    if (editing() && !$("choices").contains(event.relatedTarget)) commit();
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
