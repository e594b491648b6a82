#!/bin/sh
# Load the N-Quads of shards (kg build --shards DIR) into an engine made for graphs of that size.
#
#     tools/load_shards.sh oxigraph DIR STORE
#     tools/load_shards.sh qlever   DIR NAME        in an empty folder, with the command `qlever` (pip install qlever)
#     tools/load_shards.sh virtuoso DIR [PORT]      DIR in DirsAllowed of virtuoso.ini; password in VIRTUOSO_PASSWORD
#     tools/load_shards.sh graphdb  DIR CONFIG      with GraphDB's bin/ on the PATH, while GraphDB is stopped
#     tools/load_shards.sh neptune  S3-URI HOST     with NEPTUNE_ROLE (its ARN) and AWS_REGION
set -eu

usage() {
    sed -n '4,8s/^#     //p' "$0" >&2
    exit 2
}

[ $# -ge 2 ] || usage
engine=$1
shards=$2
case $engine in
    neptune) ;;
    *)
        [ -f "$shards/manifest.json" ] || {
            echo "error: $shards: no finished shards are here; make them: kg build INPUT --shards $shards" >&2
            exit 2
        }
        quads=$(cd "$shards/quads" && pwd)
        ;;
esac

case $engine in
    oxigraph) # https://github.com/oxigraph/oxigraph/tree/main/cli
        [ $# -eq 3 ] || usage
        oxigraph load --location "$3" --file "$quads"/*.nq.gz
        ;;
    qlever) # https://docs.qlever.dev
        [ $# -eq 3 ] || usage
        cat > Qleverfile <<QLEVERFILE
[data]
NAME   = $3
FORMAT = nq

[index]
INPUT_FILES     = $quads/*.nq.gz
CAT_INPUT_FILES = zcat $quads/*.nq.gz

[server]
PORT = 7019

[runtime]
SYSTEM = native
QLEVERFILE
        qlever index
        echo "start it with: qlever start"
        ;;
    virtuoso) # https://vos.openlinksw.com/owiki/wiki/VOS/VirtBulkRDFLoader
        isql "${3:-1111}" dba "${VIRTUOSO_PASSWORD:?give the password of dba}" \
            exec="ld_dir('$quads', '*.nq.gz', 'https://example.org/kg'); rdf_loader_run(); checkpoint;"
        isql "${3:-1111}" dba "$VIRTUOSO_PASSWORD" exec="SELECT ll_file, ll_error FROM DB.DBA.load_list WHERE ll_error IS NOT NULL;"
        ;;
    graphdb) # https://graphdb.ontotext.com/documentation/
        [ $# -eq 3 ] || usage
        importrdf preload --config-file "$3" "$quads"/*.nq.gz
        ;;
    neptune) # https://docs.aws.amazon.com/neptune/latest/userguide/load-api-reference-load.html
        [ $# -eq 3 ] || usage
        curl --fail --silent --show-error "https://$3:8182/loader" -H 'Content-Type: application/json' -d "{
            \"source\": \"$shards/quads/\", \"format\": \"nquads\", \"iamRoleArn\": \"${NEPTUNE_ROLE:?}\",
            \"region\": \"${AWS_REGION:?}\", \"failOnError\": \"TRUE\", \"parallelism\": \"OVERSUBSCRIBE\"}"
        ;;
    *) usage ;;
esac
