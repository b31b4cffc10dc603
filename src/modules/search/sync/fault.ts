import { MeilisearchApiError } from "meilisearch";

/**
 * Codes of faults that lie with a document or a request, and would be the same the next time. A
 * "malformed payload" is not among them: what we send is well-formed, and a full disk is reported so.
 */
const blamed =
  /^(invalid_document|missing_document_id|payload_too_large|document_|max_fields_limit|invalid_geo)/;

/** Whether a code of a failed task lies with its documents, not with the engine. */
export const isDocumentsFault = (code: string): boolean => blamed.test(code);

/** Whether a request was refused for what it held. */
export function isOurFault(error: unknown): boolean {
  return error instanceof MeilisearchApiError && isDocumentsFault(error.cause?.code ?? "");
}
