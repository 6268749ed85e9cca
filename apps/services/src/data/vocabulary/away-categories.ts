import { measured, worded, type CategoryWords } from './category.js';

/** The six categories of work, sport and travel. */
export const awayCategories: readonly CategoryWords[] = [
  {
    id: 'audio', name: 'Audio',
    nouns: ['Headphones', 'Bookshelf Speaker', 'Portable Speaker', 'Turntable', 'Earbuds', 'Soundbar', 'Amplifier', 'Table Radio'],
    materials: ['anodised aluminium', 'walnut veneer', 'recycled ABS', 'woven fabric', 'magnesium alloy'],
    uses: ['a noisy train', 'a Sunday record', 'the kitchen in the morning', 'a small studio'],
    tags: ['wireless', 'bluetooth', 'hi-fi', 'repairable'], priceCents: [2_990, 119_000], weightGrams: [60, 9_200],
    attributes: [measured('Battery life', 'h', 5, 60), measured('Impedance', 'Ω', 4, 250), measured('Power output', 'W', 2, 120), worded('Bluetooth', '5.0', '5.2', '5.3', 'none'), worded('Codec', 'SBC', 'AAC', 'aptX', 'LDAC'), measured('Driver', 'mm', 6, 165), measured('Charging time', 'min', 40, 240), worded('Water protection', 'none', 'IPX4', 'IP67')],
  },
  {
    id: 'computing', name: 'Computing',
    nouns: ['Mechanical Keyboard', 'Monitor Arm', 'Docking Station', 'Trackball', 'Laptop Stand', 'Webcam', 'Portable SSD', 'USB Hub'],
    materials: ['anodised aluminium', 'PBT plastic', 'zinc alloy', 'glass-filled nylon', 'recycled ABS'],
    uses: ['two screens and one cable', 'long meetings', 'a desk that moves', 'backups that really happen'],
    tags: ['usb-c', 'ergonomic', 'office', 'repairable'], priceCents: [1_490, 59_900], weightGrams: [45, 4_300],
    attributes: [measured('Ports', 'pcs', 1, 12), worded('Connection', 'USB-C', 'USB-A', 'Bluetooth', '2.4 GHz'), measured('Cable length', 'cm', 30, 200), measured('Transfer rate', 'MB/s', 60, 2_000), worded('Systems', 'all', 'Windows and macOS', 'Linux too'), measured('Power delivery', 'W', 15, 100), worded('Switches', 'linear', 'tactile', 'silent', 'none'), measured('Life cycles', 'million', 10, 100)],
  },
  {
    id: 'cycling', name: 'Cycling',
    nouns: ['Pannier', 'Bike Light', 'Floor Pump', 'Helmet', 'Multi-tool', 'Saddle', 'Bottle Cage', 'Folding Lock'],
    materials: ['ripstop nylon', 'hardened steel', 'full-grain leather', 'EPS foam', 'forged aluminium'],
    uses: ['the way to work', 'a wet autumn', 'a week along the river', 'roads without lamps'],
    tags: ['commuting', 'touring', 'waterproof', 'safety'], priceCents: [790, 21_900], weightGrams: [40, 3_900],
    attributes: [measured('Volume', 'l', 1, 28), measured('Brightness', 'lx', 15, 100), measured('Maximum pressure', 'bar', 6, 12), worded('Mount', 'rack', 'handlebar', 'seat post', 'frame'), worded('Approval', 'StVZO', 'EN 1078', 'none needed'), measured('Functions', 'pcs', 1, 22), measured('Run time', 'h', 2, 40), worded('Security level', '6', '9', '12', '15')],
  },
  {
    id: 'outdoor', name: 'Outdoor',
    nouns: ['Sleeping Bag', 'Trekking Poles', 'Headlamp', 'Camp Stove', 'Dry Bag', 'Hammock', 'Insulated Bottle', 'Two-person Tent'],
    materials: ['ripstop nylon', 'recycled down', 'titanium', 'ash wood', 'silicone-coated polyester'],
    uses: ['a night above the tree line', 'a canoe trip', 'early starts', 'weather that does as it likes'],
    tags: ['lightweight', 'waterproof', 'camping', 'hiking'], priceCents: [1_290, 64_900], weightGrams: [85, 4_800],
    attributes: [measured('Packed length', 'cm', 12, 60), measured('Comfort temperature', '°C', -12, 12), measured('Water column', 'mm', 1_500, 10_000), worded('Season', 'two', 'three', 'four'), measured('Boiling time', 'min', 2, 6), measured('Set-up time', 'min', 1, 12), measured('Volume', 'l', 1, 65), worded('Repair kit', 'included', 'separate')],
  },
  {
    id: 'stationery', name: 'Stationery',
    nouns: ['Notebook', 'Fountain Pen', 'Desk Pad', 'Mechanical Pencil', 'Letter Tray', 'Pencil Case', 'Year Planner', 'Ink Set'],
    materials: ['thread-bound paper', 'turned brass', 'vegetable-tanned leather', 'cellulose acetate', 'natural cork'],
    uses: ['thoughts that will not wait', 'letters by hand', 'a year that has plans', 'the last week of term'],
    tags: ['paper', 'refillable', 'gift', 'office'], priceCents: [390, 14_900], weightGrams: [18, 1_900],
    attributes: [measured('Paper weight', 'g/m²', 70, 160), measured('Pages', 'pcs', 48, 320), worded('Ruling', 'blank', 'lined', 'dotted', 'squared'), worded('Nib', 'EF', 'F', 'M', 'B'), worded('Format', 'A4', 'A5', 'A6', 'B5'), worded('Binding', 'thread', 'wire-o', 'glued'), worded('Refill', 'cartridge', 'converter', 'D1', 'none'), measured('Line width', 'mm', 1, 3)],
  },
  {
    id: 'travel', name: 'Travel',
    nouns: ['Backpack', 'Cabin Case', 'Packing Cubes', 'Toiletry Bag', 'Travel Pillow', 'Messenger Bag', 'Passport Wallet', 'Weekend Bag'],
    materials: ['recycled polyester', 'waxed canvas', 'polycarbonate', 'full-grain leather', 'ballistic nylon'],
    uses: ['one bag only', 'night trains', 'a long weekend', 'meetings in three cities'],
    tags: ['cabin-size', 'lightweight', 'waterproof', 'repairable'], priceCents: [1_190, 42_900], weightGrams: [70, 3_900],
    attributes: [measured('Volume', 'l', 2, 45), worded('Cabin size', 'yes', 'no', 'most airlines'), measured('Laptop up to', 'inch', 11, 17), measured('Pockets', 'pcs', 1, 14), worded('Lock', 'TSA', 'none', 'zip lock'), measured('Wheels', 'pcs', 2, 4), worded('Water protection', 'repellent', 'waterproof', 'rain cover'), worded('Closure', 'zip', 'roll top', 'buckle')],
  },
];
