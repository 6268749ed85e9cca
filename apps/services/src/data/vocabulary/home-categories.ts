import { measured, worded, type CategoryWords } from './category.js';

/** The six categories of the house. */
export const homeCategories: readonly CategoryWords[] = [
  {
    id: 'lighting', name: 'Lighting',
    nouns: ['Desk Lamp', 'Floor Lamp', 'Pendant Light', 'Wall Light', 'Reading Light', 'Lantern', 'Bedside Lamp', 'Light Strip'],
    materials: ['powder-coated steel', 'brushed aluminium', 'opal glass', 'oiled oak', 'spun brass'],
    uses: ['late reading', 'a dark hallway', 'a long working day', 'a quiet corner of the living room'],
    tags: ['led', 'dimmable', 'energy-saving', 'indoor'], priceCents: [1_990, 34_900], weightGrams: [350, 6_200],
    attributes: [measured('Luminous flux', 'lm', 220, 1_800), measured('Colour temperature', 'K', 2_200, 4_000), measured('Power', 'W', 3, 24), worded('Fitting', 'E27', 'E14', 'GU10', 'integrated LED'), worded('Dimming', 'none', 'three steps', 'continuous'), measured('Cable length', 'cm', 120, 300), worded('Protection class', 'IP20', 'IP44'), measured('Lifetime', 'h', 15_000, 50_000)],
  },
  {
    id: 'kitchen', name: 'Kitchen',
    nouns: ['Chef Knife', 'Saucepan', 'Cutting Board', 'Moka Pot', 'Mixing Bowl', 'Casserole', 'Pepper Mill', 'Bread Tin', 'Kettle'],
    materials: ['stainless steel', 'enamelled cast iron', 'beech wood', 'borosilicate glass', 'carbon steel'],
    uses: ['a Sunday roast', 'the first coffee of the day', 'a small kitchen', 'cooking for ten'],
    tags: ['cookware', 'dishwasher-safe', 'induction', 'gift'], priceCents: [990, 24_900], weightGrams: [120, 5_400],
    attributes: [measured('Capacity', 'ml', 250, 5_000), measured('Diameter', 'cm', 10, 32), worded('Dishwasher safe', 'yes', 'no'), worded('Hobs', 'all', 'gas and induction', 'all but induction'), measured('Heat resistant to', '°C', 160, 300), worded('Handle', 'fixed', 'removable', 'folding'), worded('Food contact', 'EU 1935/2004', 'LFGB'), measured('Wall thickness', 'mm', 1, 6)],
  },
  {
    id: 'furniture', name: 'Furniture',
    nouns: ['Bookcase', 'Side Table', 'Dining Chair', 'Writing Desk', 'Bench', 'Stool', 'Sideboard', 'Coat Stand'],
    materials: ['solid ash', 'smoked oak', 'birch plywood', 'tubular steel', 'recycled polypropylene'],
    uses: ['a home office', 'a narrow hall', 'a table that is always full', 'rooms that change their purpose'],
    tags: ['flat-packed', 'solid-wood', 'stackable', 'living'], priceCents: [4_900, 129_000], weightGrams: [2_800, 29_500],
    attributes: [measured('Load capacity', 'kg', 40, 180), measured('Seat height', 'cm', 42, 50), worded('Assembly', 'none', 'ten minutes', 'half an hour'), worded('Surface', 'oiled', 'lacquered', 'soaped', 'waxed'), worded('Certificate', 'FSC Mix', 'FSC 100 %', 'PEFC'), worded('Feet', 'felt', 'levelling', 'rubber'), measured('Parts', 'pcs', 1, 14), worded('Stackable', 'yes', 'no')],
  },
  {
    id: 'textiles', name: 'Textiles',
    nouns: ['Wool Throw', 'Bath Towel', 'Duvet Cover', 'Cushion', 'Rug', 'Tablecloth', 'Curtain', 'Tea Towel Set'],
    materials: ['organic cotton', 'lambswool', 'washed linen', 'recycled polyester', 'bamboo viscose'],
    uses: ['cold evenings', 'a bed that invites', 'guests at short notice', 'bare floors'],
    tags: ['organic', 'washable', 'soft', 'bedroom'], priceCents: [890, 39_900], weightGrams: [90, 7_800],
    attributes: [measured('Fabric weight', 'g/m²', 110, 900), measured('Thread count', 'per inch', 144, 400), worded('Washing', '30 °C', '40 °C', '60 °C', 'hand wash'), worded('Weave', 'plain', 'twill', 'satin', 'waffle', 'jacquard'), worded('Certificate', 'GOTS', 'OEKO-TEX 100', 'RWS'), worded('Ironing', 'not needed', 'medium', 'hot'), worded('Drying', 'line', 'tumble low'), measured('Pieces', 'pcs', 1, 6)],
  },
  {
    id: 'garden', name: 'Garden',
    nouns: ['Watering Can', 'Hand Trowel', 'Raised Bed', 'Plant Pot', 'Secateurs', 'Bird Feeder', 'Garden Fork', 'Seed Tray'],
    materials: ['galvanised steel', 'terracotta', 'larch wood', 'forged carbon steel', 'recycled ocean plastic'],
    uses: ['a balcony in the city', 'heavy soil', 'the first warm weekend', 'children who want to dig'],
    tags: ['outdoor', 'weatherproof', 'spring', 'balcony'], priceCents: [690, 18_900], weightGrams: [150, 14_000],
    attributes: [measured('Volume', 'l', 1, 120), worded('Frost-proof', 'yes', 'no', 'down to -10 °C'), worded('Drainage', 'hole with plug', 'none', 'double floor'), measured('Blade length', 'mm', 45, 300), worded('UV resistance', 'high', 'medium'), worded('Grip', 'ash', 'rubber', 'cork'), measured('Reach', 'cm', 20, 160), worded('Suits', 'herbs', 'vegetables', 'shrubs', 'everything')],
  },
  {
    id: 'storage', name: 'Storage',
    nouns: ['Storage Box', 'Wire Basket', 'Drawer Organiser', 'Shoe Rack', 'Wall Shelf', 'Laundry Bin', 'Spice Rack', 'Key Cabinet'],
    materials: ['powder-coated steel', 'felted wool', 'paulownia wood', 'water hyacinth', 'recycled cardboard'],
    uses: ['the drawer nobody opens', 'winter clothes', 'a shared flat', 'a tidy desk'],
    tags: ['stackable', 'modular', 'organiser', 'office'], priceCents: [590, 15_900], weightGrams: [180, 9_600],
    attributes: [measured('Volume', 'l', 2, 90), measured('Compartments', 'pcs', 1, 16), worded('Lid', 'yes', 'no', 'hinged'), measured('Load capacity', 'kg', 3, 45), worded('Mounting', 'standing', 'wall', 'hanging'), worded('Stackable', 'yes', 'no'), worded('Label holder', 'yes', 'no'), worded('Foldable', 'yes', 'no')],
  },
];
