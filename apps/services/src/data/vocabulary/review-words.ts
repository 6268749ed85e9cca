/** What reviewers say, by how content they are. */
export interface ReviewWords {
  readonly titles: readonly string[];
  readonly lines: readonly string[];
}

const glad: ReviewWords = {
  titles: ['Exactly what I was looking for', 'Would buy again', 'Better than on the pictures', 'A pleasure every day', 'Well made'],
  lines: [
    'Arrived well packed and two days earlier than promised.',
    'The finish is flawless and it feels far more expensive than it was.',
    'I have been using it daily for three months and nothing rattles.',
    'My sister saw it and ordered one the same evening.',
    'Setting it up took five minutes, without looking at the guide.',
    'Even the small parts are made of decent material.',
  ],
};

const lukewarm: ReviewWords = {
  titles: ['Good, with small flaws', 'Does its job', 'Nice but pricey', 'Not bad at all'],
  lines: [
    'It does what it should, no more and no less.',
    'The colour is a little darker than on my screen.',
    'For this price I would have expected a longer cable or a better guide.',
    'Quality is fine, delivery took nine days.',
    'A bit heavier than I thought, otherwise all right.',
  ],
};

const cross: ReviewWords = {
  titles: ['Disappointed', 'Sent it back', 'Broke after a month', 'Not as described'],
  lines: [
    'One corner was chipped when it arrived.',
    'After four weeks the joint came loose, support has not answered yet.',
    'The measurements on the page do not match what I got.',
    'It smelled of glue for a fortnight.',
    'I expected more from this brand.',
  ],
};

/** The words that fit a rating from 1 to 5. */
export function reviewWordsFor(rating: number): ReviewWords {
  return rating >= 4 ? glad : rating === 3 ? lukewarm : cross;
}
