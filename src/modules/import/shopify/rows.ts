import { Readable, pipeline } from "node:stream";
import { CsvError, parse, type InfoRecord } from "csv-parse";
import { UnreadableFile } from "../errors.ts";
import { decodeUtf8, newlines, unifyNewlines } from "../utf8.ts";

/** One row of the file; a quoted cell may span lines, so `line` is where the row begins. */
export interface Row {
  line: number;
  cells: string[];
}

/** More than Shopify lets a description have; a quote that never closes would swallow the whole file. */
const LONGEST_ROW = 2_000_000;

/**
 * Streams the rows, blank ones left out, in constant memory.
 * A row may have too few or too many cells; text that is no CSV at all throws UnreadableFile.
 */
export async function* readRows(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Row> {
  let parsedTo = 0;
  const parser = parse({
    info: true,
    record_delimiter: "\n",
    relax_column_count: true,
    relax_quotes: true,
    skip_records_with_empty_values: true,
    max_record_size: LONGEST_ROW,
    // An error overtakes the rows that still wait to be taken.
    on_record: (record, { lines }) => {
      parsedTo = lines;
      return record;
    },
  });
  // The loop below sees every failure; pipeline only has to tear both ends down.
  pipeline(Readable.from(unifyNewlines(decodeUtf8(chunks))), parser, () => {});
  try {
    for await (const { info, record } of parser as AsyncIterable<Parsed>) {
      yield { line: info.lines - newlines(record.join("")), cells: record };
    }
  } catch (error) {
    throw error instanceof CsvError ? malformed(error, parsedTo + 1) : error;
  }
}

interface Parsed {
  info: InfoRecord;
  record: string[];
}

function malformed(error: CsvError, line: number): UnreadableFile {
  const problem =
    error.code === "CSV_QUOTE_NOT_CLOSED"
      ? "a quotation mark is never closed"
      : `it is longer than ${LONGEST_ROW} characters: a quotation mark may be missing`;
  return new UnreadableFile(
    "MALFORMED_CSV",
    `The file cannot be read beyond line ${line}: in the row that begins there, ${problem}.`,
    { line },
  );
}
