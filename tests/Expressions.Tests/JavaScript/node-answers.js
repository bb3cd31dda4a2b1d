// Answers expressions as JavaScript does, with the two departures of the language: sort and reverse leave their list alone.
// stdin: {"scope": {...}, "cases": [text]}; stdout: [{"value"|"error"}] in the encoding of expressions.json.
const { scope, cases } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const { sort, reverse } = Array.prototype;
Array.prototype.sort = function (compare) { return sort.call(this.slice(), compare); };
Array.prototype.reverse = function () { return reverse.call(this.slice()); };
// Node 18 lacks what ECMAScript 2023 added.
const later = {
  toSorted(compare) { return sort.call([...this], compare); },
  toReversed() { return reverse.call([...this]); },
  toSpliced(...change) { const copy = [...this]; copy.splice(...change); return copy; },
  with(index, value) {
    const copy = [...this];
    const at = Math.trunc(index) || 0;
    if (at >= copy.length || at < -copy.length) throw new RangeError("Invalid index");
    copy[at < 0 ? at + copy.length : at] = value;
    return copy;
  },
};
for (const name in later) Array.prototype[name] ?? Object.defineProperty(Array.prototype, name, { value: later[name], writable: true, configurable: true });

function encode(value) {
  if (value === undefined || typeof value === 'function') return { $: 'undefined' };
  if (typeof value === 'number' && !Number.isFinite(value)) return { $: String(value) };
  if (Object.is(value, -0)) return { $: '-0' };
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Date) return { $: 'date', ms: encode(value.getTime()) };
  if (Array.isArray(value)) return Array.from(value, item => encode(item));
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, encode(field)]));
}

function kind(error) {
  if (error instanceof RangeError) return /string length|call stack/.test(error.message) ? 'limit' : 'range';
  if (error instanceof TypeError) return 'type';
  return error instanceof ReferenceError ? 'reference' : 'value';
}

function answer(source) {
  let compiled;
  try {
    compiled = new Function(...Object.keys(scope), `"use strict"; return (\n${source}\n)`);
  } catch {
    return { error: 'syntax' };
  }
  try {
    return { value: encode(compiled(...Object.values(JSON.parse(JSON.stringify(scope))))) };
  } catch (error) {
    return { error: kind(error) };
  }
}

process.stdout.write(JSON.stringify(cases.map(answer)));
