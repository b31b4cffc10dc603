import { Migration } from "@mikro-orm/migrations";

/**
 * Comments are nodes below what they are about, published once they are approved. Here is what the node
 * does not say: who wrote it, which is nobody else's business, and why it is not published.
 */
export class BlogComments extends Migration {
  override up(): void {
    this.addSql(`
      create table blog_comments (
        tenant_id  uuid not null,
        comment_id uuid not null,
        email      text,
        user_id    uuid,
        address    text,
        refused_as text check (refused_as in ('spam', 'rejected')),
        created_at timestamptz not null default now(),
        primary key (tenant_id, comment_id),
        constraint blog_comments_comment_id_fkey foreign key (tenant_id, comment_id)
          references nodes (tenant_id, id) on delete cascade
      );
      comment on table blog_comments is
        'A comment that came in by another way, as an import does, has no row until somebody judges it.';
      comment on column blog_comments.address is 'Where it came from, for counting what comes from there; forgotten after a day.';
      comment on column blog_comments.refused_as is 'Null while it waits for a judgement, and once it is published.';
      create index blog_comments_lately on blog_comments (tenant_id, created_at);
      create index blog_comments_with_address on blog_comments (created_at) where address is not null;
      select protect_tenant_rows('blog_comments');

      create view moderated_comments with (security_invoker = true) as
      select n.tenant_id, n.id, n.revision, n.parent_id, n.created_at, n.updated_at,
        case when n.status = 'published' then 'approved' else coalesce(c.refused_as, 'pending') end as status,
        coalesce(n.fields ->> 'authorName', '') as author_name,
        n.fields ->> 'authorUrl' as author_url,
        c.email, c.user_id,
        coalesce((
          select b.html from bodies b
          where b.tenant_id = n.tenant_id and b.node_id = n.id
          order by b.locale limit 1), '') as html
      from nodes n
      left join blog_comments c on c.tenant_id = n.tenant_id and c.comment_id = n.id
      where n.kind = 'comment';
      comment on view moderated_comments is 'Every comment as whoever moderates sees it.';
      grant select on moderated_comments to rustok_app;`);
  }
}
