# The workbench in a container: a static binary and nothing else, as a user without rights.
#
#   ./build.sh release linux-x64 linux-arm64     makes the binaries that this copies
#   docker build --tag juzi-workbench .
#   docker run --rm --publish 127.0.0.1:8787:8787 juzi-workbench
#
# docs/releasing.md says how the container reaches a page on your machine.
FROM scratch
# Set by the builder: amd64 or arm64.
ARG TARGETARCH
COPY target/container/${TARGETARCH}/juzi-workbench /juzi-workbench
COPY LICENSE-MIT LICENSE-APACHE /
USER 65532:65532
EXPOSE 8787
# In a container, loopback would be the container's own. The workbench warns that other machines can reach it: publish its port on
# 127.0.0.1 only, as above.
ENTRYPOINT ["/juzi-workbench", "--host", "0.0.0.0"]
