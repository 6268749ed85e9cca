import { IsIn } from 'class-validator';
import { imageWidths } from './image.view-model.js';

/** In which width the one picture is wanted. */
export class ImageQuery {
  /** Pixels; the phone knows its screen best. Spelled out, for the compiler says of a named type no more than that it is an object. */
  @IsIn(imageWidths)
  imageWidth: 320 | 640 | 1280 = 320;
}
