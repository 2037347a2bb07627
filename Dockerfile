# Postbag's own image: docker build -t postbag .
# With a jar that is there already (target/postbag.jar), nothing is compiled: docker build --build-arg JAR=taken -t postbag .
ARG MAVEN_IMAGE=maven:3-eclipse-temurin-25
ARG JRE_IMAGE=eclipse-temurin:25-jre
ARG JAR=built

FROM ${MAVEN_IMAGE} AS built
WORKDIR /source
COPY pom.xml ./
COPY src/main src/main
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -q -Dmaven.test.skip=true -Delasticsearch.zip.skip=true -Dspotless.check.skip=true package \
    && mv target/postbag.jar /postbag.jar

FROM scratch AS taken
COPY target/postbag.jar /postbag.jar

FROM ${JAR} AS jar

# The libraries, which seldom change, apart from the program, which often does.
FROM ${JRE_IMAGE} AS layers
WORKDIR /jar
COPY --from=jar /postbag.jar .
RUN java -Djarmode=tools -jar postbag.jar extract --layers --destination /layers

FROM ${JRE_IMAGE}
# Its home is in the data: Tesseract's natives are unpacked there once.
RUN groupadd --gid 10001 postbag \
    && useradd --uid 10001 --gid postbag --home-dir /var/lib/postbag --no-create-home --shell /usr/sbin/nologin postbag \
    && install -d -o postbag -g postbag -m 700 /var/lib/postbag
WORKDIR /opt/postbag
COPY --from=layers /layers/dependencies/ ./
COPY --from=layers /layers/spring-boot-loader/ ./
COPY --from=layers /layers/snapshot-dependencies/ ./
COPY --from=layers /layers/application/ ./
COPY connectors connectors
COPY routes routes
COPY profiles profiles
COPY forms forms
COPY --chmod=755 docker/health.sh docker/make-keys.sh bin/
ENV POSTBAG_DATA=/var/lib/postbag LANG=C.UTF-8
VOLUME /var/lib/postbag
USER postbag
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=3 CMD ["/opt/postbag/bin/health.sh"]
# Less than half of the memory, since files from outside are opened in processes beside this one.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=40", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", "postbag.jar"]
