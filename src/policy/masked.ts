/** An address as it may be printed: without user and password. */
export function withoutUser(address: string): string {
  return address.replace(/:\/\/[^/@\s]*@/, '://…@');
}
