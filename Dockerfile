# The command and nothing else: built in one image, run in another without compiler, shell history or root.
#   docker build -t detente .
#   docker run --rm -v "$PWD:/data" detente read report.txt
# `dist/check_image` runs these steps in bare folders where there is no Docker engine.
FROM rust:1-slim-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends g++ libc6-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN cargo build --release --locked -p detente-cli

FROM debian:bookworm-slim
COPY --from=build /src/target/release/detente /usr/local/bin/detente
COPY --from=build /src/LICENSE-APACHE /src/LICENSE-MIT /src/NOTICE /usr/share/doc/detente/
RUN useradd --create-home --home-dir /data detente
USER detente
WORKDIR /data
ENTRYPOINT ["detente"]
