import { daysFromEpoch } from './epoch.js';
import type { Product } from './product.schema.js';
import { supplierCostCents } from './price.factory.js';
import { seededRandom, type SeededRandom } from './seeded-random.js';
import { warehouses } from './stock.factory.js';
import type { AttributeWords, CategoryWords } from './vocabulary/category.js';
import { awayCategories } from './vocabulary/away-categories.js';
import { homeCategories } from './vocabulary/home-categories.js';
import { sentences, taglines } from './vocabulary/descriptions.js';
import { brands, colours, internalNotes, origins, productLines } from './vocabulary/words.js';

/** How many products the shop has. */
export const productCount = 1_200;

/** All categories, in the order in which the shop shows them. */
export const categories: readonly CategoryWords[] = [...homeCategories, ...awayCategories];

/** Makes the whole range: ids `p-0001` to `p-1200`, every name once. */
export function makeProducts(seed: number): Product[] {
  const taken = new Set<string>();
  return Array.from({ length: productCount }, (_, index) => makeProduct(seed, index + 1, taken));
}

function makeProduct(seed: number, number: number, taken: Set<string>): Product {
  const id = `p-${String(number).padStart(4, '0')}`;
  const random = seededRandom(seed, `product/${id}`);
  const words = categories[(number - 1) % categories.length] as CategoryWords;
  const { brand, line, noun, name } = uniqueName(words, random, taken);
  const facts: Record<string, string> = {
    name, brand, line,
    noun: noun.toLowerCase(),
    material: random.pick(words.materials),
    colour: random.pick(colours),
    origin: random.pick(origins),
    use: random.pick(words.uses),
  };
  const weightGrams = random.between(...words.weightGrams);
  return {
    id,
    sku: `${words.id.slice(0, 3).toUpperCase()}-${random.between(10_000, 99_999)}-${String(number).padStart(4, '0')}`,
    name,
    category: words.id,
    brand,
    tagline: fill(random.pick(taglines), facts),
    description: describe(random, facts),
    attributes: makeAttributes(random, words, facts, weightGrams),
    images: makeImages(random, id, name),
    weightGrams,
    createdAt: daysFromEpoch(-random.between(3, 1_400), random.between(0, 86_399) * 1_000),
    tags: random.sample(words.tags, random.between(2, 4)),
    supplierCost: supplierCostCents(seed, id, words),
    supplierId: `s-${random.between(100, 179)}`,
    internalNotes: random.pick(internalNotes),
    warehouseCodes: random.sample(warehouses, random.between(2, 4)).map((warehouse) => `${warehouse.id}/${random.pick(['A', 'B', 'C', 'D'])}${random.between(10, 99)}`),
  };
}

function uniqueName(words: CategoryWords, random: SeededRandom, taken: Set<string>) {
  for (;;) {
    const brand = random.pick(brands);
    const line = random.pick(productLines);
    const noun = random.pick(words.nouns);
    const name = `${brand} ${line} ${noun}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return { brand, line, noun, name };
  }
}

const fill = (template: string, facts: Record<string, string>): string =>
  template.replace(/\{(\w+)\}/g, (_, key: string) => facts[key] ?? '').replace(/^./, (first) => first.toUpperCase());

function describe(random: SeededRandom, facts: Record<string, string>): string {
  const aim = random.between(1_300, 2_300);
  const skipped = new Set(random.sample(sentences.slice(1), 6));
  const order = [...sentences.filter((sentence) => !skipped.has(sentence)), ...skipped];
  let text = '';
  for (const [index, sentence] of order.entries()) {
    if (text.length >= aim) break;
    text += `${index === 0 ? '' : index % 4 === 0 ? '\n\n' : ' '}${fill(sentence, facts)}`;
  }
  return text;
}

function makeAttributes(random: SeededRandom, words: CategoryWords, facts: Record<string, string>, weightGrams: number): Product['attributes'] {
  return [
    { name: 'Material', value: facts.material ?? '' },
    { name: 'Colour', value: facts.colour ?? '' },
    { name: 'Width', value: String(random.between(4, 160)), unit: 'cm' },
    { name: 'Height', value: String(random.between(3, 190)), unit: 'cm' },
    { name: 'Depth', value: String(random.between(2, 80)), unit: 'cm' },
    { name: 'Weight', value: String(weightGrams), unit: 'g' },
    { name: 'Made in', value: facts.origin ?? '' },
    { name: 'Warranty', value: String(random.between(2, 10) * 12), unit: 'months' },
    ...random.sample(words.attributes, random.between(2, 8)).map((attribute) => makeAttribute(random, attribute)),
  ];
}

function makeAttribute(random: SeededRandom, attribute: AttributeWords): Product['attributes'][number] {
  if ('words' in attribute) return { name: attribute.name, value: random.pick(attribute.words) };
  return { name: attribute.name, value: String(random.between(...attribute.range)), unit: attribute.unit };
}

function makeImages(random: SeededRandom, id: string, name: string): Product['images'] {
  const views = ['from the front', 'from the side', 'in use', 'detail of the material', 'with packaging', 'next to a hand for scale'];
  return views.slice(0, random.between(3, 6)).map((view, index) => {
    const base = `https://images.shop.example/${id}/${index + 1}`;
    return {
      id: `${id}-i${index + 1}`,
      alt: `${name}, ${view}`,
      width: 1_280,
      height: random.pick([853, 960, 1_280]),
      urls: { w320: `${base}-w320.webp`, w640: `${base}-w640.webp`, w1280: `${base}-w1280.webp` },
    };
  });
}
