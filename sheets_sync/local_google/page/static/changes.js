// Changes go to the server at once and can be taken back; each remembers what one would type to undo it.

import { $, facts } from "./facts.js";
import { type } from "./api.js";
import { entered } from "./blocks.js";
import { refresh } from "./live.js";

const done = [];
const undone = [];

export async function change(range, rows, before) {
  const was = before ?? (await entered(range));
  if (!(await type(range, rows))) {
    await refresh();
    return false;
  }
  done.push({ gid: facts.gid, range, rows, was });
  undone.length = 0;
  buttons();
  await refresh();
  return true;
}

export const undo = () => move(done, undone, "was");
export const redo = () => move(undone, done, "rows");

async function move(from, to, which) {
  const step = from.at(-1);
  if (!step || step.gid !== facts.gid) return null;
  from.pop();
  if (await type(step.range, step[which])) to.push(step);
  buttons();
  await refresh();
  return step.range;
}

// A step of another tab waits until one is back there.
export function buttons() {
  $("undo").disabled = done.at(-1)?.gid !== facts.gid;
  $("redo").disabled = undone.at(-1)?.gid !== facts.gid;
}
