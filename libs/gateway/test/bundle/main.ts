import { seen } from './seen.js';
import { isFQDN } from 'class-validator';
import Type from 'typebox';
import { Compile } from 'typebox/schema';

// Loaded behind what looks at them.
const { ConsoleLogger } = await import('@nestjs/common');
const { default: axios } = await import('axios');
const origin = process.argv[2] as string;
const { status } = await axios.get(origin);
const seenByThen = [...seen];
const form = new FormData();
form.set('name', 'ann');
const typeOf = (answer: { data: string }) => answer.data.split(';')[0];
new ConsoleLogger('Bundle', { colors: false }).log('written');
const texts = ['…', 'a\u00e9\\\u00e9', `${1}–`, '😀', String('\\…'.length)];
console.log(
  JSON.stringify({
    status,
    seenByThen,
    formType: typeOf(await axios.post<string>(origin, form)),
    fieldsType: typeOf(await axios.post<string>(origin, { name: 'ann' }, { headers: { 'content-type': 'multipart/form-data' } })),
    fetched: (await axios.get(origin, { adapter: 'fetch' })).status,
    valid: isFQDN('shop.example'),
    read: Compile(Type.Partial(Type.Object({ id: Type.String() }))).Check({ id: 1 }),
    texts,
    matches: [/^[‐-―]\…$/.test('–…'), /^\\…$/.test('\\…'), /^[😀-😂]$/u.test('😁')],
  }),
);
