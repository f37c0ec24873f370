/** Why a patch cannot be merged: kustomize refuses it (`fails`), or it is larger than we take (`unsupported`). */
export class MergeError extends Error {
  override readonly name = 'MergeError';

  constructor(
    message: string,
    readonly kind: 'fails' | 'unsupported' = 'fails',
  ) {
    super(message);
  }
}
