"""Opens streams of new reports and says how many stay open: `streams.py http://HOST:PORT NUMBER SECONDS`."""
import asyncio
import sys
import urllib.parse


async def listen(host, port, seconds):
    try:
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(f"GET /api/v1/stream HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)
        if b" 200 " not in head.split(b"\r\n")[0]:
            return False
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while (left := until - loop.time()) > 0:
            try:
                if not await asyncio.wait_for(reader.read(4096), left):
                    return False
            except asyncio.TimeoutError:
                break
        writer.close()
        return True
    except OSError:
        return False


async def main(at, number, seconds):
    url = urllib.parse.urlsplit(at)
    open_to_the_end = await asyncio.gather(*(listen(url.hostname, url.port, seconds) for _ in range(number)))
    print(f"streams: {sum(open_to_the_end)} of {number} stayed open for {seconds} s")


asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
