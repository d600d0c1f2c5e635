module fairlead.local/devcluster/images

go 1.25.0
