import { makeBaseImages } from './base-images.mjs';

/**
 * Makes the images that Portico's are built on, or that run beside them, under the names by which an image registry has them: for machines that reach none.
 * @returns {Promise<number>}
 */
export async function images() {
  try {
    await makeBaseImages(console.log);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}
