/**
 * Folded text as it is once kustomize has written it and read it again, as it does with every object: where a line that is indented
 * further follows one that is not, its writer adds an empty line; and where the text itself begins with a space, it loses breaks.
 */
export function refolded(text: string): string {
  if (!/^[ \t]|\n[ \t]|\n\n$/.test(text) || / \n/.test(text)) return text;
  const isIndented = (line: string): boolean => /^[ \t]/.test(line);
  const lines = text.split(/(\n+)/);
  const first = lines.find((line) => line !== '' && !line.startsWith('\n')) ?? '';
  const added = isIndented(first) ? '' : '\n';
  return lines
    .map((part, at) => {
      if (!part.startsWith('\n')) return part;
      const [before = '', after = ''] = [lines[at - 1], lines[at + 1]];
      if (before === '' || isIndented(before)) return part;
      if (after === '') return part === '\n' ? part : part + added;
      if (isIndented(after)) return part + added;
      const breaks = part + added;
      return breaks === '\n' ? ' ' : breaks.slice(1);
    })
    .join('');
}
