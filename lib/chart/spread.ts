/**
 * Places labels that must not overlap: as near to where they belong as a least distance allows, in their order,
 * between 0 and 1. When there are too many for that distance, they share the room evenly.
 * @param wanted ascending
 */
export function spread(wanted: readonly number[], distance: number): readonly number[] {
  const gap = Math.min(distance, wanted.length > 1 ? 1 / (wanted.length - 1) : 1);
  const places: number[] = [];
  for (const place of wanted) places.push(Math.max(place, (places.at(-1) ?? -gap) + gap));
  let highest = 1;
  for (let index = places.length - 1; index >= 0; index--) {
    places[index] = Math.min(places[index] ?? 0, highest);
    highest = (places[index] ?? 0) - gap;
  }
  return places;
}
