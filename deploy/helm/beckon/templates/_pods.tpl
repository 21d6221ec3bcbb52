{{- define "beckon.labels" -}}
app.kubernetes.io/name: beckon
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- /* The pods of one role: (dict "root" $ "role" "web" "of" .Values.web) */ -}}
{{- define "beckon.deployment" -}}
{{- $root := .root -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $root.Release.Name }}-{{ .role }}
  labels:
    {{- include "beckon.labels" $root | nindent 4 }}
    app.kubernetes.io/component: {{ .role }}
    app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
    helm.sh/chart: {{ $root.Chart.Name }}-{{ $root.Chart.Version }}
spec:
  {{- if not (dig "autoscaling" "enabled" false .of) }}
  replicas: {{ .of.replicas }}
  {{- end }}
  selector:
    matchLabels:
      {{- include "beckon.labels" $root | nindent 6 }}
      app.kubernetes.io/component: {{ .role }}
  strategy:
    type: RollingUpdate
    rollingUpdate:
      # The new one serves before an old one goes.
      maxUnavailable: 0
      maxSurge: 1
  template:
    metadata:
      labels:
        {{- include "beckon.labels" $root | nindent 8 }}
        app.kubernetes.io/component: {{ .role }}
      annotations:
        checksum/settings: {{ toYaml $root.Values.settings | sha256sum }}
    spec:
      automountServiceAccountToken: false
      terminationGracePeriodSeconds: {{ $root.Values.terminationGracePeriodSeconds }}
      {{- with $root.Values.imagePullSecrets }}
      imagePullSecrets: {{ toYaml . | nindent 8 }}
      {{- end }}
      {{- with $root.Values.nodeSelector }}
      nodeSelector: {{ toYaml . | nindent 8 }}
      {{- end }}
      {{- with $root.Values.tolerations }}
      tolerations: {{ toYaml . | nindent 8 }}
      {{- end }}
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              {{- include "beckon.labels" $root | nindent 14 }}
              app.kubernetes.io/component: {{ .role }}
      securityContext:
        runAsNonRoot: true
        runAsUser: 1000
        runAsGroup: 1000
        fsGroup: 1000
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: beckon
          image: "{{ $root.Values.image.repository }}:{{ $root.Values.image.tag | default $root.Chart.AppVersion }}"
          imagePullPolicy: {{ $root.Values.image.pullPolicy }}
          ports:
            - name: http
              containerPort: 8080
          envFrom:
            - configMapRef:
                name: {{ $root.Release.Name }}-settings
          env:
            - name: BECKON_ROLE
              value: {{ .role }}
            {{- range $setting, $key := $root.Values.secret.keys }}
            - name: {{ $setting }}_FILE
              value: /run/secrets/beckon/{{ $key }}
            {{- end }}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
          # Migrating a large database may take its time; a process that lives is not restarted meanwhile.
          startupProbe:
            httpGet: { path: /livez, port: http }
            periodSeconds: 2
            failureThreshold: 150
          livenessProbe:
            httpGet: { path: /livez, port: http }
            periodSeconds: 10
            timeoutSeconds: 5
            failureThreshold: 6
          readinessProbe:
            httpGet: { path: /readyz, port: http }
            periodSeconds: 2
            timeoutSeconds: 2
            failureThreshold: 2
          {{- if gt (int $root.Values.preStopSeconds) 0 }}
          lifecycle:
            preStop:
              exec:
                command: [sleep, {{ $root.Values.preStopSeconds | quote }}]
          {{- end }}
          resources: {{ toYaml .of.resources | nindent 12 }}
          volumeMounts:
            - { name: secrets, mountPath: /run/secrets/beckon, readOnly: true }
            - { name: scratch, mountPath: /tmp }
            - { name: data, mountPath: /var/lib/beckon }
      volumes:
        - name: secrets
          secret:
            secretName: {{ $root.Values.secret.name }}
            defaultMode: 0440
        - name: scratch
          emptyDir: { sizeLimit: 64Mi }
        # Nothing is kept here among nodes; the folder has to be there.
        - name: data
          emptyDir: { sizeLimit: 64Mi }
{{- end }}
