import { isWord, type Source } from './go-yaml-source';

/** A tag as written: `!!int` has the handle `!!`, `!<x>` none. */
export interface Tag {
  readonly handle: string;
  readonly suffix: string;
}

const URI = new Set([...";/?:@&=+$,.!~*'()[]%"].map((character) => character.charCodeAt(0)));

export function scanTag(source: Source): Tag {
  let tag: Tag;
  if (source.is('<', 1)) {
    source.skip(2);
    tag = { handle: '', suffix: uri(source, '') };
    if (!source.is('>')) source.fail("did not find the expected '>'");
    source.skip();
  } else {
    const handle = tagHandle(source);
    if (handle.length > 1 && handle.endsWith('!')) {
      tag = { handle, suffix: uri(source, '') };
    } else {
      const suffix = uri(source, handle);
      tag = suffix === '' ? { handle: '', suffix: '!' } : { handle: '!', suffix };
    }
  }
  if (!source.isBlankOrEnd()) source.fail('did not find expected whitespace or line break');
  return tag;
}

/** `!`, `!name!`, or the start of a `!name`. */
function tagHandle(source: Source): string {
  let handle = source.take();
  while (isWord(source.peek())) handle += source.take();
  return source.is('!') ? handle + source.take() : handle;
}

function uri(source: Source, head: string): string {
  let found = head.slice(1);
  let any = head !== '';
  while (isWord(source.peek()) || URI.has(source.peek())) {
    found += source.is('%') ? octets(source) : source.take();
    any = true;
  }
  if (!any) source.fail('did not find expected tag URI');
  return found;
}

/** One character, written as `%C3%A4`. */
function octets(source: Source): string {
  const [written] = /^(%[0-9a-fA-F]{2})+/.exec(source.text.slice(source.at, source.at + 12)) ?? [];
  if (written === undefined) source.fail('did not find URI escaped octet');
  const first = Number.parseInt(written.slice(1, 3), 16);
  const width = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  try {
    const character = decodeURIComponent(written.slice(0, width * 3));
    source.skip(width * 3);
    return character;
  } catch {
    return source.fail('found an incorrect leading UTF-8 octet');
  }
}

/** The tag in full, with the handles that stand in every document. */
export function fullTag(source: Source, { handle, suffix }: Tag): string {
  if (handle === '') return suffix;
  if (handle === '!!') return `tag:yaml.org,2002:${suffix}`;
  if (handle === '!') return `!${suffix}`;
  return source.fail('found undefined tag handle');
}
