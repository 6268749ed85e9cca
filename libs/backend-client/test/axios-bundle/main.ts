import { seen } from './fetch-classes.js';
import { isFQDN } from 'class-validator';

// Loaded on first use, as a gateway does, which has other CommonJS modules at its start.
const { default: axios } = await import('axios');
const origin = process.argv[2] as string;
await axios.get(origin);
const seenByThen = [...seen];
const form = new FormData();
form.set('name', 'ann');
const formType = (await axios.post<string>(origin, form)).data;
const { status } = await axios.get(origin, { adapter: 'fetch' });
console.log(JSON.stringify({ seenByThen, formType: formType.split(';')[0], status, valid: isFQDN('shop.example') }));
