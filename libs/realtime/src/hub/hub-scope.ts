/** Which connections of a hub are meant. */
export type HubScope =
  | { readonly kind: 'all'; readonly except?: ReadonlySet<string> | undefined }
  | { readonly kind: 'group'; readonly name: string; readonly except?: ReadonlySet<string> | undefined }
  | { readonly kind: 'user'; readonly id: string; readonly except?: ReadonlySet<string> | undefined }
  | { readonly kind: 'connection'; readonly id: string };

/** Those whose replicas have to hear of them before they are reached from elsewhere. */
export type WatchedScope = Extract<HubScope, { readonly kind: 'group' | 'user' }>;
