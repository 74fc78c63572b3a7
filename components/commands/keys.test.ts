import { expect, test } from 'vitest';
import { isCharacterKey, keyName, type Pressed, writtenKey } from './keys.ts';

const pressed = (key: string, more: Partial<Pressed> = {}): string =>
  keyName({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

test('keys are named with their modifiers; Ctrl and Cmd are one', () => {
  expect(pressed(' ')).toBe('Space');
  expect(pressed('?', { shiftKey: true })).toBe('?');
  expect(pressed('ArrowLeft', { shiftKey: true })).toBe('Shift+ArrowLeft');
  expect(pressed('k', { ctrlKey: true })).toBe('Mod+k');
  expect(pressed('k', { metaKey: true })).toBe('Mod+k');
});

test('Caps Lock makes no other key of a letter', () => {
  expect(pressed('Y')).toBe('y');
  expect(pressed('K', { ctrlKey: true })).toBe('Mod+k');
  expect(pressed('Y', { shiftKey: true })).not.toBe('y');
});

test('a letter with a modifier is not that letter, so the browser keeps its own shortcuts', () => {
  for (const more of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }]) {
    expect(pressed('f', more)).not.toBe('f');
  }
  expect(pressed('k', { ctrlKey: true, shiftKey: true })).not.toBe('Mod+k');
});

test('keys that type a character are told from the others', () => {
  expect(['f', '/', '?', 'Space'].every(isCharacterKey)).toBe(true);
  expect(['Escape', 'Mod+k', 'ArrowUp', 'Shift+ArrowLeft'].some(isCharacterKey)).toBe(false);
});

test('keys are written as they stand on the keyboard', () => {
  expect(writtenKey('Mod+k', false)).toEqual(['Ctrl', 'K']);
  expect(writtenKey('Mod+k', true)).toEqual(['⌘', 'K']);
  expect(writtenKey('Shift+ArrowLeft', false)).toEqual(['Shift', '←']);
  expect(writtenKey('f', false)).toEqual(['f']);
  expect(writtenKey('+', false)).toEqual(['+']);
});
