import { defineEntity, p } from "@mikro-orm/postgresql";
import { aggregate } from "#entities/kernel/columns";

const AccountSettingsSchema = defineEntity({
  name: "AccountSettings",
  tableName: "account_settings",
  properties: {
    ...aggregate,
    /** Whether anybody may make themselves an account. */
    registration: p.boolean().default(false),
    /** The page that links in mails lead to; null: mails show a code to type in. */
    link: p.string().nullable(),
    /** The name that mails are from; null: the tenant's own. */
    sender: p.string().nullable(),
  },
});

/** What a tenant has decided about its people's accounts. */
export class AccountSettings extends AccountSettingsSchema.class {}
AccountSettingsSchema.setClass(AccountSettings);
