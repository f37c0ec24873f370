/**
 * A type made by `cdk8s import`, as its values are written in YAML: an enum becomes the literals it stands for. The
 * classes and enums themselves are never loaded: they cost start-up time and drop fields they do not know.
 */
export type Plain<T> = T extends string
  ? `${T}`
  : // biome-ignore lint/style/noRestrictedGlobals: the type, not the clock
    T extends Date
    ? string
    : T extends readonly (infer Item)[]
      ? readonly Plain<Item>[]
      : T extends object
        ? { readonly [Key in keyof T]: Plain<T[Key]> }
        : T;
