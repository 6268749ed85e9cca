import Type from 'typebox';

/** A picture in its three widths; the window decides which one it loads. */
export const ImageView = Type.Object({
  alt: Type.String(),
  width: Type.Integer(),
  height: Type.Integer(),
  urls: Type.Object({ w320: Type.String(), w640: Type.String(), w1280: Type.String() }),
});
