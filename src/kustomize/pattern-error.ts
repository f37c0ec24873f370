/** Why a pattern cannot be used: Go refuses it (`fails`), or it is larger than we take (`unsupported`). */
export class PatternError extends Error {
  override readonly name = 'PatternError';

  constructor(
    readonly kind: 'fails' | 'unsupported',
    message: string,
  ) {
    super(message);
  }
}
