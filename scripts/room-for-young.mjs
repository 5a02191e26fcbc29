// Tests make clusters by the hundred, of which nothing grows old: with room for the young their
// processes take a fifth less.
export const nodeOptions = [process.env.NODE_OPTIONS, '--max-semi-space-size=128']
  .filter(Boolean)
  .join(' ');
