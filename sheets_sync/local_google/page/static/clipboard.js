// Copy, cut and paste of ranges as tab-separated text, which every spreadsheet understands.

import { facts } from "./facts.js";
import { ensure, shown } from "./blocks.js";
import { allowed, editing } from "./editor.js";
import { change } from "./changes.js";
import { extend, go, range } from "./selection.js";
import { inTurn } from "./turns.js";

export function toText(rows) {
  const quoted = (text) => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((cells) => cells.map(quoted).join("\t")).join("\n");
}

export function fromText(text) {
  const rows = [[]];
  const cell = /("(?:[^"]|"")*"(?=[\t\n]|$)|[^\t\n]*)(\t|\n|$)/gy;
  const plain = text.replaceAll("\r\n", "\n").replace(/\n$/, "");
  for (let found = cell.exec(plain); found; found = cell.exec(plain)) {
    const [, value, end] = found;
    rows.at(-1).push(/^".*"$/s.test(value) ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end === "\n") rows.push([]);
    else if (end === "") break;
  }
  return rows;
}

const elsewhere = () => editing() || document.activeElement?.matches("input, textarea") || !getSelection().isCollapsed;

// Done once it shows; saving goes on.
export async function clear() {
  const where = range();
  if (!(await allowed(where))) return;
  await ensure(where.top, where.bottom);
  const width = where.right - where.left + 1;
  change(where, Array.from({ length: where.bottom - where.top + 1 }, () => Array(width).fill("")));
}

async function paste(text) {
  const rows = fromText(text);
  const width = Math.max(...rows.map((cells) => cells.length));
  const { top, left } = range();
  const where = { top, left, bottom: top + rows.length - 1, right: left + width - 1 };
  await ensure(top, Math.min(where.bottom, facts.rows - 1));
  if (!(await allowed(where))) return;
  change(where, rows.map((cells) => [...cells, ...Array(width - cells.length).fill("")]));
  await go(top, left, { scroll: false });
  await extend(where.bottom, where.right, { scroll: false });
}

export function start() {
  for (const kind of ["copy", "cut"]) {
    document.addEventListener(kind, (event) => {
      if (elsewhere()) return;
      event.clipboardData.setData("text/plain", toText(shown(range())));
      event.preventDefault();
      if (kind === "cut") inTurn(clear);
    });
  }
  document.addEventListener("paste", (event) => {
    if (elsewhere() || !facts.mayWrite) return;
    event.preventDefault();
    const text = event.clipboardData.getData("text/plain"); // there only now
    inTurn(() => paste(text));
  });
}
