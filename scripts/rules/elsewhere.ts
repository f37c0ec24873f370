/** What the lists of people's mistakes hold and no rule decides, with the reason. */
export const ELSEWHERE: readonly { readonly id: string; readonly what: string; readonly why: string }[] = [
  { id: 'F25', what: 'a release, its namespace or its chart gets another name', why: 'it is a change: one commit alone does not show it' },
  {
    id: 'F86',
    what: 'waiting for what is ready at once: Namespaces, RBAC, policies, webhook configurations',
    why: 'by itself it does no harm; where something builds upon it, the rules about CRDs, webhooks and health speak of that',
  },
  { id: 'F94', what: 'an object moves from one Flux Kustomization to another', why: 'it is a change: one commit alone does not show it' },
  { id: 'F95', what: 'a Flux Kustomization gets another name', why: 'it is a change: one commit alone does not show it' },
];
