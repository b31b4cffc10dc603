import { Migration } from "@mikro-orm/migrations";

/** What readers of a blog see besides the posts themselves. */
export class BlogReadModel extends Migration {
  override up(): void {
    this.addSql(`
      create index index_content_by_author
        on index_content (tenant_id, locale, kind, author_handle, published_at, node_id) where visible;

      create table index_comments (
        tenant_id     uuid not null references tenants on delete cascade,
        comment_id    uuid not null,
        post_id       uuid not null,
        thread_id     uuid not null,
        begins_thread boolean not null generated always as (thread_id = comment_id) stored,
        published_at  timestamptz not null,
        doc           jsonb not null,
        primary key (tenant_id, comment_id)
      );
      comment on table index_comments is
        'The comments that everybody sees: approved, like all above them, and about something published.';
      comment on column index_comments.thread_id is
        'The comment on the post itself that the others answer, however deep; its own id if it is that one.';
      create index index_comments_by_post on index_comments (tenant_id, post_id, published_at, comment_id)
        where begins_thread;
      create index index_comments_of_post on index_comments (tenant_id, post_id);
      create index index_comments_by_thread on index_comments (tenant_id, thread_id, published_at, comment_id);
      select protect_tenant_rows('index_comments');

      create function project_comments(node_ids uuid[])
      returns table (
        tenant_id uuid, comment_id uuid, post_id uuid, thread_id uuid, published_at timestamptz, doc jsonb)
      language sql stable
      begin atomic
        with recursive climb as (
          select c.id as comment, c.id, c.parent_id, c.kind, null::uuid as below
          from nodes c
          where c.id = any (node_ids) and c.kind = 'comment' and c.status = 'published'
          union all
          select climb.comment, above.id, above.parent_id, above.kind, climb.id
          from climb
          join nodes above on above.id = climb.parent_id
          where climb.kind = 'comment' and above.status = 'published'
        )
        select n.tenant_id, n.id, top.id, top.below, n.published_at,
          jsonb_build_object(
            'id', n.id,
            'parentId', n.parent_id,
            'authorName', coalesce(n.fields ->> 'authorName', ''),
            'authorUrl', n.fields ->> 'authorUrl',
            'html', coalesce((
              select b.html from bodies b where b.node_id = n.id order by b.locale limit 1), ''),
            'publishedAt', iso8601(n.published_at))
        from climb top
        join nodes n on n.id = top.comment
        where top.kind <> 'comment';
      end;
      comment on function project_comments(uuid[]) is
        'The rows index_comments should hold for these nodes, none for what is not to be seen.';`);
  }
}
