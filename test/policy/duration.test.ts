import fc from 'fast-check';
import { durationOf, secondsOf } from '../../src/policy/duration';

test.each([
  ['1h30m', 5400],
  ['1.5h', 5400],
  ['250ms', 0.25],
  ['1m30s', 90],
])('%s is %d seconds', (text, seconds) => {
  expect(secondsOf(text)).toBe(seconds);
});

test.each([['10'], ['10 minutes'], ['m'], ['-5m'], ['1d'], [''], [600], [undefined]])('%j is no duration', (text) => {
  expect(secondsOf(text)).toBeUndefined();
});

test('what is written reads back', () => {
  fc.assert(fc.property(fc.nat({ max: 10_000_000 }), (seconds) => secondsOf(durationOf(seconds)) === seconds));
});

test('any text is a number of seconds, or none', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const seconds = secondsOf(text);
      return seconds === undefined || (Number.isFinite(seconds) && seconds >= 0);
    }),
  );
});
