import { programs } from './programs.mjs';

/**
 * Says where a program is.
 * @param {string} name
 * @returns {number} 1 when it is not there
 */
export function where(name) {
  const path = programs[name]?.path();
  if (path === undefined) {
    console.error(`${name} is missing: run \`node tools/testbed/src/main.mjs provide ${name}\`.`);
    return 1;
  }
  console.log(path);
  return 0;
}
