// What is typed shows at once, is saved in the order in which it was typed, and can be taken back.

import { $, facts } from "./facts.js";
import { type } from "./api.js";
import { entered, write } from "./blocks.js";
import { refresh } from "./live.js";

const done = [];
const undone = [];
const unsaved = new Set();
let last = Promise.resolve();

export const waiting = () => unsaved.size > 0;
export const settled = () => last;

export async function change(range, rows, before) {
  const sheet = { id: facts.gid, title: facts.tab, rows: facts.rows }; // another may be open when its turn comes
  const step = { sheet, range, rows, was: before ?? (await entered(range)) };
  done.push(step);
  undone.length = 0;
  buttons();
  return save(step, rows, () => drop(done, step));
}

async function save({ sheet, range }, rows, failed) {
  const mine = { sheet, range, rows };
  unsaved.add(mine);
  keep();
  last = last.then(() => type(mine));
  const saved = await last;
  unsaved.delete(mine);
  if (!saved) failed();
  buttons();
  await refresh().catch(() => {}); // whoever listens for news says that the server is away
  return saved;
}

// The cells say what was typed, though what the server knew before comes in meanwhile.
export function keep() {
  for (const { sheet, range, rows } of unsaved) if (sheet.id === facts.gid) write(range, rows);
}

// Gives the range at once.
export const undo = () => move(done, undone, "was");
export const redo = () => move(undone, done, "rows");

function move(from, to, which) {
  const step = from.at(-1);
  if (!step || step.sheet.id !== facts.gid) return null;
  to.push(from.pop());
  save(step, step[which], () => drop(to, step) && from.push(step));
  buttons();
  return step.range;
}

function drop(from, step) {
  const place = from.indexOf(step);
  if (place >= 0) from.splice(place, 1);
  return place >= 0;
}

// A step of another tab waits until one is back there.
export function buttons() {
  $("undo").disabled = done.at(-1)?.sheet.id !== facts.gid;
  $("redo").disabled = undone.at(-1)?.sheet.id !== facts.gid;
}
