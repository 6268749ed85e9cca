/** Short lines under a product's name. Placeholders in braces are filled per product. */
export const taglines: readonly string[] = [
  'Made of {material}, made for {use}',
  'The {noun} that stays out of the way',
  'Quiet, sturdy, {colour}: ready for {use}',
  'One {noun}, many years',
  'Built in {origin} for {use}',
  'Less of everything, except {material}',
];

/** Sentences of the long text, in the order in which a text may use them. */
export const sentences: readonly string[] = [
  'The {name} began with a simple question: what does {use} really ask of a {noun}?',
  '{brand} answers it with {material}, a restrained outline and a finish in {colour} that keeps its depth over the years.',
  'Nothing on it is there for show, and nothing that you need every day is missing.',
  'The body is made of {material}, worked in {origin} by a family business that has supplied {brand} since the first series.',
  'Edges are broken by hand, joints are closed without visible screws, and every surface that you touch is sanded once more than strictly necessary.',
  'Because {material} is a living material, small differences in tone and grain are part of each piece.',
  'In daily life the {noun} shows its strength in small things: it stands firmly, it is easy to clean, and it can be moved with one hand.',
  'It was designed for {use}, but our testers soon found five other places for it.',
  'The proportions follow the other pieces of the {line} series, so that it can be combined or extended later.',
  'Spare parts are kept in stock for at least ten years, and most repairs need nothing but a screwdriver.',
  'A short guide with drawings instead of words lies in the box, together with all tools that are needed.',
  'For care, a damp cloth is enough; twice a year a little oil or wax keeps {material} supple.',
  'Please avoid harsh cleaners, since they take away the fine layer that protects the finish in {colour}.',
  'The packaging is made of unbleached cardboard and paper tape, and fits through most front doors without a struggle.',
  'All figures on this page were measured on three pieces from a running production, not taken from a drawing.',
  '{brand} pays its suppliers within two weeks and publishes a list of all of them once a year.',
  'Whoever already owns something from the {line} series will recognise the slightly rounded corners at once.',
  'If it should not suit you after all, send it back within thirty days; we refurbish returned pieces and sell them in our outlet.',
  'A second version with another finish is planned, but the measurements will stay the same, and so will the accessories.',
  'Each {noun} carries a small number on its underside, by which we can tell the day and the workbench on which it was finished.',
  'During two winters of testing it was dropped, soaked, frozen and lent to neighbours, and it came back from all of it.',
  'The colour {colour} was mixed for this series and is checked against a painted sample for every batch.',
  'It is the kind of {noun} that one stops noticing after a week, which is the highest praise we know.',
  'Together with a matching set of accessories it also makes a present that is not put away in a cupboard.',
];
