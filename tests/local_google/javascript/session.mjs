// A session of real work with the npm package google-spreadsheet. LOCAL_GOOGLE is the server, KEY_FILE a service account's key,
// READ_ONLY_ID a workbook that is shared for reading. Every step prints its name; the first that fails ends the session.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { redirected } from './redirect.mjs';

const { GoogleSpreadsheet, GoogleSpreadsheetCellErrorValue } = await import('google-spreadsheet');
const { JWT } = await import('google-auth-library');

const key = JSON.parse(readFileSync(process.env.KEY_FILE, 'utf8'));
const scopes = ['https://www.googleapis.com/auth/spreadsheets', 'https://www.googleapis.com/auth/drive.file'];
const auth = new JWT({ email: key.client_email, key: key.private_key, scopes });
auth.transporter.defaults.fetchImplementation = redirected;

async function step(name, work) {
  await work();
  console.log(name);
}

const doc = await GoogleSpreadsheet.createNewSpreadsheetDocument(auth, { title: 'Uji' });

await step('documents have titles that can be changed', async () => {
  await doc.updateProperties({ title: 'Lain', locale: 'en_GB' });
  doc.resetLocalCache();
  await doc.loadInfo();
  assert.deepEqual([doc.title, doc.locale, doc.sheetCount], ['Lain', 'en_GB', 1]);
});

await step('rows are added, read, changed and deleted', async () => {
  const sheet = await doc.addSheet({ title: 'Baris', headerValues: ['nama', 'jumlah'] });
  await sheet.addRows([{ nama: 'Tangkum', jumlah: 5 }, { nama: 'Pangkan', jumlah: '=B2*2' }]);
  await sheet.addRow(['Turan Amis', 7]);
  const rows = await sheet.getRows();
  assert.deepEqual(rows.map((row) => row.get('jumlah')), ['5', '10', '7']);
  rows[0].set('jumlah', 6);
  await rows[0].save();
  assert.equal((await sheet.getRows({ offset: 1, limit: 1 }))[0].get('jumlah'), '12');
  await rows[2].delete();
  assert.equal((await sheet.getRows()).length, 2);
  await sheet.clearRows();
  assert.equal((await sheet.getRows()).length, 0);
  await sheet.setHeaderRow(['satu']);
  assert.deepEqual(sheet.headerValues, ['satu']);
});

await step('cells are loaded and saved with values, formulas, notes and formats', async () => {
  const sheet = await doc.addSheet({ title: 'Sel', gridProperties: { rowCount: 10, columnCount: 10 }, headerValues: ['a', 'b', 'c'] });
  await sheet.loadCells();
  assert.deepEqual(sheet.cellStats, { nonEmpty: 3, loaded: 100, total: 100 });
  sheet.resetLocalCache(true);
  await sheet.loadCells(['A1:A3', { startRowIndex: 0, endRowIndex: 3, startColumnIndex: 2, endColumnIndex: 5 }]);
  assert.deepEqual([sheet.cellStats.nonEmpty, sheet.cellStats.loaded], [2, 12]);
  await sheet.loadCells('A10:B11');
  await assert.rejects(sheet.loadCells('A20:B21'));
  await assert.rejects(sheet.loadCells('BUKAN-RENTANG'));
  await sheet.loadCells('A1:F3');
  const [a, b, c] = [sheet.getCell(0, 0), sheet.getCell(0, 1), sheet.getCellByA1('C1')];
  a.value = 1.2345;
  b.value = 2.3456;
  c.formula = '=A1 + B1';
  c.numberFormat = { type: 'NUMBER', pattern: '#.00' };
  a.note = 'catatan';
  a.textFormat = { bold: true };
  a.backgroundColor = { red: 1, green: 0, blue: 0 };
  a.padding = { top: 10, bottom: 10, left: 5, right: 5 };
  sheet.getCellByA1('F1').formula = '=HYPERLINK("https://example.com/x", "situs")';
  await sheet.saveUpdatedCells();
  assert.equal(c.value, a.value + b.value);
  assert.equal(c.formattedValue, '3.58');
  sheet.resetLocalCache(true);
  await sheet.loadCells('A1:F1');
  const again = sheet.getCell(0, 0);
  assert.deepEqual([again.note, again.textFormat.bold, again.backgroundColor.red, again.padding.left], ['catatan', true, 1, 5]);
  assert.ok(again.effectiveFormat.textFormat);
  assert.deepEqual([sheet.getCellByA1('F1').hyperlink, sheet.getCellByA1('F1').value], ['https://example.com/x', 'situs']);
  const wanted = { '=123': 'numberValue', '=TRUE': 'boolValue', '="ASDF"': 'stringValue', '=BUKANFUNGSI': 'errorValue', x: 'stringValue' };
  for (const [value, type] of Object.entries(wanted)) {
    again.value = value;
    await sheet.saveUpdatedCells();
    assert.equal(again.valueType, type, value);
  }
  again.formula = '=BUKANFUNGSI()';
  await again.save();
  assert.ok(again.value instanceof GoogleSpreadsheetCellErrorValue);
  again.value = null;
  again.clearAllFormatting();
  await sheet.saveUpdatedCells();
  assert.equal(again.value, null);
});

await step('ranges are filled, pasted, split, sorted, trimmed and moved', async () => {
  const sheet = await doc.addSheet({ title: 'Rentang', gridProperties: { rowCount: 12, columnCount: 6 }, headerValues: ['a', 'b', 'c'] });
  const box = (top, bottom, left, right) => ({ startRowIndex: top, endRowIndex: bottom, startColumnIndex: left, endColumnIndex: right });
  await sheet.pasteData({ rowIndex: 1, columnIndex: 0 }, 'k,3\n  m ,1\nm,1\nl,2', ',');
  await sheet.trimWhitespace(box(1, 5, 0, 2));
  await sheet.deleteDuplicates(box(1, 5, 0, 2));
  await sheet.sortRange(box(1, 4, 0, 2), [{ dimensionIndex: 1, sortOrder: 'ASCENDING' }]);
  assert.deepEqual(await sheet.getCellsInRange('A2:B4'), [['m', '1'], ['l', '2'], ['k', '3']]);
  await sheet.moveDimension('ROWS', { startIndex: 1, endIndex: 2 }, 4);
  await sheet.insertDimension('ROWS', { startIndex: 1, endIndex: 2 });
  await sheet.deleteRange(box(1, 2, 0, 2), 'ROWS');
  assert.deepEqual(await sheet.getCellsInRange('A2:A4'), [['l'], ['k'], ['m']]);
  await sheet.repeatCell(box(6, 8, 0, 2), { userEnteredValue: { stringValue: 'x,y' } }, 'userEnteredValue');
  await sheet.textToColumns(box(6, 8, 0, 1), 'COMMA');
  assert.deepEqual(await sheet.getCellsInRange('A7:B7'), [['x', 'y']]);
  await sheet.appendCells([{ values: [{ userEnteredValue: { stringValue: 'akhir' } }] }], 'userEnteredValue');
  assert.deepEqual(await sheet.batchGetCellsInRange(['A9', 'B1']), [[['akhir']], [['b']]]);
  await sheet.copyPaste(box(1, 2, 0, 1), box(9, 10, 0, 1));
  await sheet.cutPaste(box(9, 10, 0, 1), { rowIndex: 10, columnIndex: 2 });
  assert.deepEqual(await sheet.getCellsInRange('C11'), [['l']]);
  await sheet.appendDimension('ROWS', 5);
  await sheet.deleteDimension('COLUMNS', { startIndex: 5, endIndex: 6 });
  await doc.loadInfo();
  assert.deepEqual([doc.sheetsByTitle.Rentang.rowCount, doc.sheetsByTitle.Rentang.columnCount], [18, 5]);
  await sheet.findReplace('akhir', 'tamat', { sheetId: sheet.sheetId });
  assert.deepEqual(await sheet.getCellsInRange('A9'), [['tamat']]);
});

await step('sheets have rules, names, protection, filters, groups and sizes', async () => {
  const sheet = await doc.addSheet({ title: 'Aturan' });
  const area = { startRowIndex: 0, endRowIndex: 5, startColumnIndex: 0, endColumnIndex: 3 };
  const named = await doc.addNamedRange('Angka', { sheetId: sheet.sheetId, ...area });
  await doc.deleteNamedRange(named.namedRange.namedRangeId);
  const { protectedRange } = await sheet.addProtectedRange({ range: { sheetId: sheet.sheetId, ...area }, warningOnly: true });
  await sheet.updateProtectedRange(protectedRange.protectedRangeId, { description: 'kepala' });
  await sheet.deleteProtectedRange(protectedRange.protectedRangeId);
  await sheet.setDataValidation(area, { condition: { type: 'ONE_OF_LIST', values: [{ userEnteredValue: 'YA' }] }, strict: true });
  await sheet.setDataValidation(area, false);
  await sheet.updateDimensionProperties('COLUMNS', { pixelSize: 200 }, { startIndex: 0, endIndex: 2 });
  await sheet.autoResizeDimensions('COLUMNS');
  await sheet.mergeCells(area);
  await sheet.unmergeCells(area);
  await sheet.addFilterView({ title: 'saring', range: { sheetId: sheet.sheetId, ...area } });
  await sheet.updateProperties({ tabColor: { red: 1 } });
  await sheet.resize({ rowCount: 77, columnCount: 44 });
  assert.deepEqual([sheet.rowCount, sheet.columnCount], [77, 44]);
  const copy = await sheet.duplicate({ title: 'Kembar' });
  assert.equal(doc.sheetsByIndex[0], copy);
  await copy.delete();
  await sheet.clear();
});

await step('workbooks are shared, exported and refused', async () => {
  await doc.setPublicAccessLevel('reader');
  await doc.share('ani@example.com', { role: 'writer', emailMessage: false });
  assert.deepEqual((await doc.listPermissions()).map((one) => one.type).sort(), ['anyone', 'user', 'user']);
  const open = new GoogleSpreadsheet(doc.spreadsheetId, { apiKey: 'AIzaLocal' });
  await open.loadInfo();
  assert.equal(open.title, 'Lain');
  await assert.rejects(open.sheetsByTitle.Baris.addRow([1]), /\[401\]/);
  const sheet = doc.sheetsByTitle.Baris;
  assert.equal(Buffer.from(await sheet.downloadAsCSV()).toString(), 'satu');
  for (const part of [await doc.downloadAsXLSX(), await doc.downloadAsODS(), await doc.downloadAsZippedHTML()]) {
    assert.equal(Buffer.from(part).subarray(0, 2).toString(), 'PK');
  }
  assert.equal(Buffer.from(await sheet.downloadAsPDF()).subarray(0, 4).toString(), '%PDF');
  const locked = new GoogleSpreadsheet(process.env.READ_ONLY_ID, auth);
  await locked.loadInfo();
  await assert.rejects(locked.sheetsByIndex[0].setHeaderRow(['x']), /\[403\]/);
  await assert.rejects(sheet.copyToSpreadsheet(process.env.READ_ONLY_ID), /403/);
  await doc.delete();
  await assert.rejects(doc.delete(), /404/);
});
