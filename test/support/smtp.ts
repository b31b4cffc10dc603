import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { createInterface } from "node:readline";
import { afterwards } from "./afterwards.ts";

/** Takes mails in, with as much of RFC 5321 as a client needs that sends them; `said` is every line it was sent. */
export async function anSmtpServer(): Promise<{ url: string; said: string[] }> {
  const said: string[] = [];
  const server = createServer((socket) => {
    socket.write("220 test\r\n");
    let data = false;
    createInterface({ input: socket }).on("line", (line) => {
      said.push(line);
      if (data && line !== ".") return;
      if (data) data = false;
      else if (line === "DATA") data = true;
      socket.write(data ? "354 go on\r\n" : "250 ok\r\n");
    });
    socket.on("error", () => {});
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  afterwards(() => server.close());
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, said };
}
