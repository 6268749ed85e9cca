# The image of any app: `docker build --build-arg APP=web-bff .`, or `docker compose build` for all of them.
# BUNDLES=ready takes the bundles that `npx nx run-many -t build` has made, for machines whose builds cannot reach a package registry; else they are made here.
ARG BUNDLES=bundle

FROM node:22-bookworm-slim AS bundle
WORKDIR /portico
COPY . .
RUN npm ci --ignore-scripts --no-audit --no-fund && npx nx run-many -t build -p services,web-bff,mobile-bff,desktop-bff,push

FROM scratch AS ready
COPY apps /portico/apps

FROM ${BUNDLES} AS bundles

# What runs: Node.js, one bundle, and the file of routes where the app has one.
FROM node:22-bookworm-slim
ARG APP
ENV NODE_ENV=production HOST=0.0.0.0
WORKDIR /app
COPY deploy/docker/healthcheck.mjs /app/healthcheck.mjs
COPY --from=bundles /portico/apps/${APP}/gateway.yam[l] /app/
COPY --from=bundles /portico/apps/${APP}/dist /app/dist
COPY deploy/docker/warm-up.mjs /app/warm-up.mjs
# What Node.js compiles at the first start is kept for all others: that is a fifth of it.
ENV NODE_COMPILE_CACHE=/app/compiled
RUN install -d -o node /app/compiled
USER node
RUN node /app/warm-up.mjs
HEALTHCHECK --interval=10s --timeout=5s --retries=6 CMD ["node", "/app/healthcheck.mjs"]
ENTRYPOINT ["node", "/app/dist/main.mjs"]
