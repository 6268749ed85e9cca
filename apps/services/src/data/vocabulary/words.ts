/** The 24 brands of the shop. */
export const brands: readonly string[] = [
  'Norrvik', 'Atelier Brume', 'Kestrel & Finch', 'Holm', 'Lumaro', 'Ferrow', 'Bruckner', 'Solano', 'Tidewater', 'Oakhaven', 'Pikku', 'Varga',
  'Montclair', 'Isla Verde', 'Grauwerk', 'Hinoki', 'Fjellro', 'Casa Lume', 'Ridgeway', 'Amstel Works', 'Quill & Co', 'Volant', 'Nordlys', 'Tramonto',
];

/** Names of product lines. */
export const productLines: readonly string[] = [
  'Alder', 'Arc', 'Basalt', 'Birk', 'Cala', 'Cedar', 'Delta', 'Dune', 'Ember', 'Fenn', 'Flint', 'Glen', 'Halden', 'Isar', 'Juno', 'Kite', 'Lagan', 'Linden', 'Lyra', 'Maren',
  'Mistral', 'Nevis', 'Nova', 'Onda', 'Orla', 'Pallas', 'Petra', 'Piper', 'Quarz', 'Rhea', 'Rowan', 'Sable', 'Saga', 'Skye', 'Sorrel', 'Tarn', 'Thea', 'Umbra', 'Vela', 'Wren',
];

/** Colours a product may have. */
export const colours: readonly string[] = ['sand', 'graphite', 'moss green', 'off-white', 'deep blue', 'terracotta', 'black', 'natural', 'mustard', 'light grey', 'copper', 'berry'];

/** Countries of origin. */
export const origins: readonly string[] = ['Portugal', 'Denmark', 'Germany', 'Italy', 'Poland', 'Japan', 'Sweden', 'Spain', 'Czechia', 'Slovenia', 'Viet Nam', 'France'];

/** Notes that buyers wrote for themselves; they must never reach a front end. */
export const internalNotes: readonly string[] = [
  'Renegotiate with the supplier in spring; the last batch came two weeks late.',
  'Margin below target, do not discount further without asking purchasing.',
  'Second source is being tested; keep the safety stock until it is approved.',
  'Complaint rate above average in the third quarter, see the quality report.',
  'Packaging changes next season; sell off the old boxes first.',
  'Exclusive until the end of the year, then competitors may list it.',
];
