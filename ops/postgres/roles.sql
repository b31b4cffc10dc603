-- What a PostgreSQL needs before `rustok migrate`, run once by a superuser, who also migrates (migrations hand
-- functions to roles that may create nothing):
--   psql -v server_password=… -f roles.sql
-- The server logs in as somebody who owns nothing and may only become the four roles that row-level policies
-- know: whatever it is made to do, it can neither switch them off nor change a table.
create role rustok_server login noinherit password :'server_password';
create role rustok_app nologin;
create role rustok_relay nologin;
create role rustok_queue nologin;
create role rustok_search nologin;
grant rustok_app, rustok_relay, rustok_queue, rustok_search to rustok_server;
create database rustok encoding 'UTF8' locale_provider builtin builtin_locale 'C.UTF-8' template template0;
