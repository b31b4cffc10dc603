/** What somebody typed, taken apart. */
export interface QueryParts {
  /** What is left: words, the last perhaps unfinished. */
  words: string;
  /** What stood in double quotes: these words one after the other, as they are. */
  phrases: string[];
  /** What a minus stood before: words and phrases that must not be there. */
  excluded: string[];
}

const longest = 500;
const mostPhrases = 10;

/** A quotation mark without its partner is a sign like any other: 5" is a length. */
const part = /(?<=^|\s)-(?:"([^"]*)"|([\p{L}\p{N}][^\s"]*))|"([^"]*)"/gu;

/** Takes a query apart, of which no more than 500 characters and ten phrases count. */
export function partsOf(query: string): QueryParts {
  const phrases: string[] = [];
  const excluded: string[] = [];
  const words = query
    .slice(0, longest)
    .replace(part, (_, unwanted?: string, unwantedWord?: string, phrase?: string) => {
      if (phrase === undefined) excluded.push(unwanted ?? unwantedWord ?? "");
      else if (phrase.trim() !== "") phrases.push(phrase);
      return " ";
    });
  return {
    words,
    phrases: phrases.slice(0, mostPhrases),
    excluded: excluded.slice(0, mostPhrases),
  };
}
