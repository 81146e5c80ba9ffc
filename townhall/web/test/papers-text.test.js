import assert from "node:assert/strict";
import { test } from "node:test";
import { difference, moved } from "../src/papers/text-diff.js";
import { harmless, translator } from "../src/papers/texts.js";
import { dayOf, problem } from "../src/papers/validate.js";

const applied = (before, { at, removed, inserted }) => before.slice(0, at) + inserted + before.slice(at + removed);

test("a difference leads from one text to the other", () => {
  const texts = ["", "a", "aa", "aba", "Haus", "Häuser", "Haus am See", "👩‍👧 im Haus", "👩 im Haus", "👨 im Haus"];
  for (const before of texts) for (const after of texts) assert.equal(applied(before, difference(before, after)), after);
});

test("a letter typed beside its like is where the cursor is", () => {
  assert.deepEqual(difference("aa", "aaa", 1), { at: 0, removed: 0, inserted: "a" });
  assert.deepEqual(difference("aa", "aaa", 3), { at: 2, removed: 0, inserted: "a" });
  assert.deepEqual(difference("aaa", "aa", 1), { at: 1, removed: 1, inserted: "" });
});

test("characters of two halves are replaced whole", () => {
  assert.deepEqual(difference("👩", "👨"), { at: 0, removed: 2, inserted: "👨" });
  assert.deepEqual(difference("x👩y", "x👨y", 3), { at: 1, removed: 2, inserted: "👨" });
});

test("a cursor keeps its letters when others type before, at and behind it", () => {
  assert.equal(moved(3, [{ insert: "ab" }]), 5);
  assert.equal(moved(3, [{ retain: 3 }, { insert: "ab" }]), 3);
  assert.equal(moved(3, [{ retain: 5 }, { insert: "ab" }]), 3);
});

test("a cursor inside of what others delete stays where it was", () => {
  assert.equal(moved(3, [{ retain: 1 }, { delete: 5 }]), 1);
  assert.equal(moved(8, [{ retain: 1 }, { delete: 5 }]), 3);
});

const TODAY = "2026-11-22";
const field = (more) => ({ kind: "text", required: false, rule: "", length: 200, ...more });

test("what is missing or does not fit has its sentence", () => {
  const cases = [
    [{ required: true }, "", "missing"],
    [{ required: true }, "  ", "missing"],
    [{ required: true, kind: "choice" }, "", "missing-choice"],
    [{ required: true, kind: "tick" }, false, "missing-tick"],
    [{ kind: "date", rule: "past" }, "2026-11-23", "not-past"],
    [{ kind: "date", rule: "coming" }, "2026-11-21", "not-coming"],
    [{ kind: "date" }, "2026-02-30", "bad-date"],
    [{ rule: "postcode" }, "7365", "bad-postcode"],
    [{ kind: "email" }, "name@beispiel", "bad-email"],
    [{ kind: "tel" }, "ruft an", "bad-phone"],
    [{ length: 3 }, "vier", "too-long"],
  ];
  for (const [more, value, key] of cases) assert.equal(problem(field(more), value, TODAY), key, key);
});

test("what is voluntary may be empty, and what fits has no sentence", () => {
  const cases = [
    [{}, ""],
    [{ kind: "email" }, ""],
    [{ kind: "email" }, "şule@örnek.example"],
    [{ kind: "tel" }, "+49 (171) 234-5678"],
    [{ rule: "postcode", required: true }, "73650"],
    [{ kind: "date", rule: "past" }, TODAY],
    [{ kind: "date", rule: "coming" }, TODAY],
    [{ kind: "tick" }, false],
    [{ kind: "tick", required: true }, true],
  ];
  for (const [more, value] of cases) assert.equal(problem(field(more), value, TODAY), "");
});

test("the day is the local one", () => {
  assert.equal(dayOf(new Date(2026, 0, 5, 23, 59)), "2026-01-05");
});

test("others' words cannot turn the reading direction, hide or break the line", () => {
  assert.equal(harmless("rech\u202Enung\u0000.pdf\n", 80), "rech nung .pdf");
  assert.equal(harmless("x".repeat(100), 80).length, 80);
});

test("words with dollar signs are filled in as they are", () => {
  assert.equal(translator({ offer: "{name} ({size})" })("offer", { name: "$& $1", size: "1 KB" }), "$& $1 (1 KB)");
});
