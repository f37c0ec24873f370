let loaded: typeof import('yaml') | undefined;

/** The parser, loaded at first use: a tree that was made in memory needs none. */
export function yamlParser(): typeof import('yaml') {
  loaded ??= load();
  return loaded;
}

function load(): typeof import('yaml') {
  return require('yaml');
}
