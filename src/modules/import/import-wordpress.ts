import type { RequestContext } from "#kernel/context";
import { fileSource } from "./file.ts";
import { readWordpress } from "./wordpress/read.ts";
import { surveyWordpress } from "./wordpress/survey.ts";
import { importRecords } from "./write/import-records.ts";
import type { ImportOptions, Report } from "./write/report.ts";

/**
 * Imports an export of WordPress (WXR), in the tenant's default locale. Throws BAD_USER_INPUT, before
 * anything is written, for a file that is not one from its first to its last letter.
 */
export async function importWordpress(
  ctx: RequestContext,
  file: string,
  options: ImportOptions = {},
): Promise<Report> {
  const source = await fileSource(file);
  const { defaultLocale: locale } = ctx.tenant;
  const survey = await surveyWordpress(source, locale);
  const entries = readWordpress(source, survey, { locale });
  const total = survey.items.size + survey.comments;
  return importRecords(ctx, "wordpress", entries, { ...options, total });
}
