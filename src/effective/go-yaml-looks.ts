import { isBlank, isBreak } from './go-yaml-source';

export interface Looks {
  readonly multiline: boolean;
  readonly plainAllowed: boolean;
  readonly singleAllowed: boolean;
  readonly blockAllowed: boolean;
}

/** What libyaml finds in a string before it chooses a style. */
export function analyze(value: string): Looks {
  if (value === '') return { multiline: false, plainAllowed: true, singleAllowed: true, blockAllowed: false };
  let indicator = value.startsWith('---') || value.startsWith('...') || /^[#,[\]{}&*!|>'"%@`]/.test(value);
  let multiline = false;
  let special = false;
  let spaceBreak = false;
  let breakSpace = false;
  let before: 'space' | 'break' | undefined;
  for (let place = 0; place < value.length; ) {
    const character = characterAt(value, place);
    const code = character.codePointAt(0) ?? 0;
    const next = place + character.length;
    const followed = next >= value.length || isBlank(value.charCodeAt(next));
    if (followed && (character === ':' || (place === 0 && (character === '?' || character === '-')))) indicator = true;
    if (character === '#' && place > 0) {
      const previous = value.charCodeAt(place - 1);
      if (isBlank(previous) || isBreak(previous)) indicator = true;
    }
    if (!isPrintable(character)) special = true;
    if (code === 0x20) {
      if (before === 'break') breakSpace = true;
      before = 'space';
    } else if (isBreak(code)) {
      multiline = true;
      if (before === 'space') spaceBreak = true;
      before = 'break';
    } else {
      before = undefined;
    }
    place = next;
  }
  const edge = (code: number): boolean => code === 0x20 || isBreak(code);
  const edges = edge(value.charCodeAt(0)) || edge(value.charCodeAt(value.length - 1));
  const broken = spaceBreak || special;
  return {
    multiline,
    plainAllowed: !edges && !breakSpace && !broken && !multiline && !indicator,
    singleAllowed: !breakSpace && !broken,
    blockAllowed: !value.endsWith(' ') && !broken,
  };
}

export function characterAt(value: string, place: number): string {
  return String.fromCodePoint(value.codePointAt(place) ?? 0);
}

/** libyaml's: neither tab nor carriage return, and nothing beyond the first 65,536 characters. */
export function isPrintable(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return (
    code === 0x0a ||
    (code >= 0x20 && code <= 0x7e) ||
    (code >= 0xa0 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd && code !== 0xfeff)
  );
}
